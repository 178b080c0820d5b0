"""Who may do what with work dossiers; who sees one is ``WorkDossier.objects.visible_to``."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.modules.documents.models import DossierState, DossierTransfer, WorkDossier
from congso.modules.documents.permissions import STAFF
from congso.shared.authz import permission
from congso.shared.people.models import Position, Rank


@permission("documents.see_dossier", _("Xem hồ sơ công việc"))
def SEE(_actor: Actor, _dossier: WorkDossier) -> bool:
    """Whoever the dossier is visible to: its one door, ``access_dossier``, has asked already."""
    return True


@permission("documents.open_dossier", _("Lập hồ sơ công việc"))
def OPEN(actor: Actor, organ_id: UUID) -> bool:
    """Everybody who works in the organ or in one that serves it."""
    return organ_id in {actor.organ_id, *actor.serves} and any(
        actor.has_role(*STAFF, in_organ=served) for served in {actor.organ_id, *actor.serves}
    )


@permission("documents.keep_dossier", _("Cập nhật hồ sơ công việc"))
def KEEP(actor: Actor, dossier: WorkDossier) -> bool:
    """The position that makes it; once it is in the archive, nobody."""
    is_kept = dossier.state in {DossierState.OPEN, DossierState.CLOSED}
    return is_kept and actor.position_id is not None and actor.position_id == dossier.keeper_id


@permission("documents.give_dossier", _("Giao hồ sơ cho người khác lập"))
def GIVE(actor: Actor, dossier: WorkDossier) -> bool:
    """Its keeper, or a leader or records clerk of its organ: keepers leave."""
    is_kept = dossier.state in {DossierState.OPEN, DossierState.CLOSED}
    return KEEP.allows(actor, dossier) or (
        is_kept and actor.has_role("leader", "records_clerk", in_organ=dossier.organ_id)
    )


@permission("documents.edit_dossier_catalogue", _("Lập danh mục hồ sơ"))
def EDIT_CATALOGUE(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.approve_dossier_catalogue", _("Duyệt danh mục hồ sơ"))
def APPROVE_CATALOGUE(actor: Actor, organ_id: UUID) -> bool:
    """A leader of the organ, or who heads it."""
    if actor.has_role("leader", in_organ=organ_id):
        return True
    if actor.position_id is None or not actor.has_role("head", in_organ=organ_id):
        return False
    return Position.objects.filter(id=actor.position_id, organ=organ_id, rank=Rank.HEAD, unit_name="").exists()


@permission("documents.read_dossier_catalogue", _("Xem danh mục hồ sơ"))
def READ_CATALOGUE(actor: Actor, organ_id: UUID) -> bool:
    """Everybody who may make a dossier of the organ."""
    return OPEN.allows(actor, organ_id)


@permission("documents.archive_dossiers", _("Nhận hồ sơ vào lưu trữ"))
def ARCHIVE(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ, who is its archive."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.see_transfer", _("Xem lần giao nộp hồ sơ"))
def SEE_TRANSFER(_actor: Actor, _transfer: DossierTransfer) -> bool:
    """Its giver, the leaders and records clerks of its organ: its one door, ``access_transfer``, has asked already."""
    return True


@permission("documents.give_transfer", _("Bỏ lần giao nộp hồ sơ"))
def GIVE_TRANSFER(actor: Actor, transfer: DossierTransfer) -> bool:
    """Who offered it."""
    return actor.position_id is not None and actor.position_id == transfer.giver_id


@permission("documents.propose_destruction", _("Đề nghị tiêu hủy hồ sơ"))
def PROPOSE_DESTRUCTION(actor: Actor, dossier: WorkDossier) -> bool:
    """The archive; the keeper, as long as the dossier is not handed over."""
    return ARCHIVE.allows(actor, dossier.organ_id) or KEEP.allows(actor, dossier)


@permission("documents.decide_destruction", _("Duyệt tiêu hủy hồ sơ"))
def DECIDE_DESTRUCTION(actor: Actor, dossier: WorkDossier) -> bool:
    """A leader of the organ."""
    return actor.has_role("leader", in_organ=dossier.organ_id)
