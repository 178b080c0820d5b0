"""Every read of the module, already filtered by who asks."""

from congso.modules.documents.queries.access import access_document, access_held, access_incoming, access_personal

__all__ = ["access_document", "access_held", "access_incoming", "access_personal"]
