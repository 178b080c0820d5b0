"""Tables of the module: outgoing and incoming papers, directions, what types and styles became, records of use."""

from congso.modules.documents.models.archive import (
    DossierDestruction,
    DossierTransfer,
    TransferLine,
    TransferState,
)
from congso.modules.documents.models.attachments import Attachment
from congso.modules.documents.models.bulk import BulkItem, BulkRun, BulkState
from congso.modules.documents.models.copies import Copy
from congso.modules.documents.models.directions import Assignment, Direction, DueChange
from congso.modules.documents.models.dossiers import (
    DossierCatalogue,
    DossierEntry,
    DossierExport,
    DossierItem,
    DossierState,
    WorkDossier,
)
from congso.modules.documents.models.incoming import Incoming
from congso.modules.documents.models.outgoing import Document, Review
from congso.modules.documents.models.recalls import Recall
from congso.modules.documents.models.recipients import Recipient
from congso.modules.documents.models.registers import (
    RegisterClosing,
    RegisterFile,
    RegisterKind,
    RegisterMedia,
    SavedFilter,
)
from congso.modules.documents.models.scans import ScanPage, ScanStack
from congso.modules.documents.models.series import SeriesChoice
from congso.modules.documents.models.use import Press, ReadMark
from congso.modules.documents.models.wording import StyleVersion, TypeVersion
from congso.modules.documents.models.writing import (
    AddressGroup,
    AddressGroupMember,
    BodyImage,
    DraftTemplate,
    DraftVersion,
    PassageRemark,
    VersionKind,
)

__all__ = [
    "AddressGroup",
    "AddressGroupMember",
    "Assignment",
    "Attachment",
    "BodyImage",
    "BulkItem",
    "BulkRun",
    "BulkState",
    "Copy",
    "Direction",
    "Document",
    "DossierCatalogue",
    "DossierDestruction",
    "DossierEntry",
    "DossierExport",
    "DossierItem",
    "DossierState",
    "DossierTransfer",
    "DraftTemplate",
    "DraftVersion",
    "DueChange",
    "Incoming",
    "PassageRemark",
    "Press",
    "ReadMark",
    "Recall",
    "Recipient",
    "RegisterClosing",
    "RegisterFile",
    "RegisterKind",
    "RegisterMedia",
    "Review",
    "SavedFilter",
    "ScanPage",
    "ScanStack",
    "SeriesChoice",
    "StyleVersion",
    "TransferLine",
    "TransferState",
    "TypeVersion",
    "VersionKind",
    "WorkDossier",
]
