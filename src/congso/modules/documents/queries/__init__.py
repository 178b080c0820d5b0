"""Every read of the module, already filtered by who asks."""

from congso.modules.documents.queries.access import access_document, access_incoming

__all__ = ["access_document", "access_incoming"]
