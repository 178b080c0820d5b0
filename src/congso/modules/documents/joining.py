"""What the module gives to the registries of ``shared`` and of ``signing``, and what it listens to."""

from django.utils.translation import gettext_lazy as _

from congso.kernel import events
from congso.modules.documents import (
    examinations,
    figures,
    findable,
    history,
    jobs,
    permissions,
    signables,
    succession,
    work,
)
from congso.modules.documents.dossiers import transfer_signables, transfers
from congso.modules.documents.events import DocumentDelivered, DocumentIssued, DocumentRecalled
from congso.modules.documents.panels import attachments
from congso.modules.documents.panels import copying as copying_panels
from congso.modules.documents.panels import dossiers as dossier_panels
from congso.modules.documents.panels import incoming as incoming_panels
from congso.modules.documents.panels import outgoing as outgoing_panels
from congso.modules.documents.panels import reviewing as reviewing_panels
from congso.modules.documents.queries import lists
from congso.modules.signing import public as signing
from congso.shared.search import kinds
from congso.shared.ui import navigation
from congso.shared.ui import work as shared_work

ENTRIES = (
    navigation.Entry(
        group="documents",
        label=_("Văn bản đến"),
        url_name="documents:incoming",
        order=10,
        views=("documents:incoming_detail", "documents:incoming_text", "documents:enter", "documents:stack"),
        badge="documents.incoming",
        key="e",
    ),
    navigation.Entry(
        group="documents",
        label=_("Gửi đích danh"),
        url_name="documents:personal",
        order=15,
        views=("documents:personal", "documents:personal_detail", "documents:personal_text"),
    ),
    navigation.Entry(
        group="documents",
        label=_("Văn bản đi"),
        url_name="documents:outgoing",
        order=20,
        key="i",
        views=("documents:detail", "documents:text", "documents:despatch"),
    ),
    navigation.Entry(
        group="documents",
        label=_("Dự thảo"),
        url_name="documents:drafts",
        order=30,
        views=("documents:drafts", "documents:compose", "documents:edit"),
        key="t",
    ),
    navigation.Entry(
        group="documents",
        label=_("Việc văn thư"),
        url_name="documents:clerk",
        order=35,
        views=("documents:bulk",),
        visible=lists.is_clerk,
        key="u",
    ),
    navigation.Entry(
        group="documents",
        label=_("Hồ sơ công việc"),
        url_name="documents:dossiers",
        order=37,
        views=("documents:dossier",),
    ),
    navigation.Entry(
        group="documents",
        label=_("Sổ văn bản"),
        url_name="documents:outgoing_register",
        order=40,
        views=(
            "documents:incoming_register",
            "documents:following_register",
            "documents:register_files",
            "documents:series",
        ),
        key="q",
        visible=lists.reads_the_register,
    ),
    navigation.Entry(
        group="documents",
        label=_("Sổ bản sao"),
        url_name="documents:copies",
        order=45,
        views=("documents:copies", "documents:copy"),
        visible=lists.reads_the_register,
    ),
    navigation.Entry(
        group="documents",
        label=_("Loại văn bản, thể thức"),
        url_name="documents:types",
        order=90,
        views=("documents:types", "documents:type_", "documents:style_"),
        visible=lambda actor: permissions.EDIT_CATALOGUE.allows(actor, None),
    ),
)


def join() -> None:
    """Fill the registries; safe to repeat."""
    figures.declare()
    history.register()
    examinations.register()
    succession.register()
    outgoing_panels.register()
    reviewing_panels.register()
    incoming_panels.register()
    copying_panels.register()
    signing.registry.register(
        signing.Signable(
            kind=signables.KIND,
            noun=_("văn bản"),
            describe=signables.describe,
            file_of=signables.file_of,
            done_url=signables.done_url,
        )
    )
    signing.registry.register(
        signing.Signable(
            kind=signables.ATTACHMENT,
            noun=_("tệp kèm theo"),
            describe=signables.describe_attachments,
            file_of=signables.file_of_attachment,
            done_url=signables.done_url,
        )
    )
    signing.registry.register(
        signing.Signable(
            kind=signables.COPY,
            noun=_("bản sao"),
            describe=signables.describe_copies,
            file_of=signables.file_of_copy,
            done_url=signables.copies_url,
        )
    )
    signing.registry.register(
        signing.Signable(
            kind=transfers.KIND,
            noun=_("biên bản"),
            describe=transfer_signables.describe,
            file_of=transfer_signables.file_of,
            done_url=transfer_signables.done_url,
        )
    )
    attachments.register()
    dossier_panels.register()
    kinds.register(findable.OUTGOING, _("Văn bản đi"), findable.document_url)
    kinds.register(findable.INCOMING, _("Văn bản đến"), findable.incoming_url)
    for entry in ENTRIES:
        navigation.register(entry)
    navigation.register_counter(work.counts)
    shared_work.register(work.items)
    shared_work.register_lead(work.lead)
    shared_work.register_waiting(work.waiting)
    events.subscribe(signing.SignatureMade, jobs.take_signature)
    events.subscribe(signing.SignatureFailed, jobs.note_failed_signature)
    events.subscribe(DocumentIssued, jobs.deliver)
    events.subscribe(DocumentRecalled, jobs.cancel_arrivals)
    events.subscribe(DocumentDelivered, jobs.judge_arrivals)
