"""What belongs to the writing of a paper, read by who may see the paper."""

from congso.kernel.errors import NotFound
from congso.modules.documents.models import Document
from congso.shared.files.models import StoredFile


def picture_of(document: Document, sha256: str) -> StoredFile:
    """Return a picture that was put into the body of ``document``.

    :raises NotFound: it was not.
    """
    held = document.images.filter(file=sha256).select_related("file").first()
    if held is None:
        raise NotFound
    return held.file
