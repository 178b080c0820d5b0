"""The one door from an id to a dossier."""

from uuid import UUID

from congso.kernel.actor import Actor
from congso.kernel.errors import NotFound, NotPermitted
from congso.modules.documents.dossiers.errors import DossierNotOpen
from congso.modules.documents.models import WorkDossier
from congso.shared.authz import Permission


def access_dossier(
    dossier_id: UUID, *, by: Actor, to: Permission[WorkDossier], for_update: bool = False
) -> WorkDossier:
    """Return the dossier if ``by`` may do ``to`` with it.

    :raises NotFound: no such dossier, or one that ``by`` may not even see.
    :raises NotPermitted: ``by`` sees it but may not do this.
    """
    dossiers = WorkDossier.objects.visible_to(by)
    if for_update:
        dossiers = dossiers.select_for_update()
    dossier = dossiers.filter(id=dossier_id).first()
    if dossier is None:
        raise NotFound
    if not to.allows(by, dossier):
        raise NotPermitted
    return dossier


def access_open(dossier_id: UUID, *, by: Actor, to: Permission[WorkDossier]) -> WorkDossier:
    """Return the dossier, locked, if it is still open.

    :raises DossierNotOpen: it is closed, or further.
    """
    dossier = access_dossier(dossier_id, by=by, to=to, for_update=True)
    if not dossier.is_open:
        raise DossierNotOpen(notation=dossier.notation)
    return dossier
