"""Who may do what with papers.

Who may know of an outgoing paper (``Document.objects.visible_to``): its author, under any hat; its reviewers from
their turn on; its signatory from approval on; the records clerk of its organ from the leader's signature on; once
issued, everybody who serves the organ. Receivers read it as an incoming paper, never here; a person whom it names
among its recipients reads it as one of their own (``Recipient.objects.reaching``), without its history.

Who may know of an incoming paper (``Incoming.objects.visible_to``): the records clerks and leaders of the organ that
received it, and whoever a direction names: the position itself, or those who sit in the named organ.
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from congso.kernel import clock
from congso.kernel.actor import Actor
from congso.modules.documents.kinds import (
    UNREGISTERED,
    AssignmentKind,
    DocumentState,
    IncomingState,
    ReviewState,
)
from congso.modules.documents.models import (
    AddressGroup,
    Assignment,
    Attachment,
    Copy,
    Direction,
    Document,
    DraftTemplate,
    Incoming,
    PassageRemark,
    Recipient,
)
from congso.shared.authz import permission
from congso.shared.people.models import Position, Rank

STAFF = ("specialist", "head", "leader", "records_clerk")


@permission("documents.see", _("Xem văn bản đi"))
def SEE(_actor: Actor, _document: Document) -> bool:
    """Whoever the document is visible to: its one door, ``queries.access_document``, has asked already."""
    return True


@permission("documents.draft", _("Soạn văn bản"))
def DRAFT(actor: Actor, _nothing: None) -> bool:
    """Everybody who works in an organ."""
    return any(actor.has_role(*STAFF, in_organ=organ_id) for organ_id in {actor.organ_id, *actor.serves})


@permission("documents.edit", _("Sửa dự thảo"))
def EDIT(actor: Actor, document: Document) -> bool:
    """The author, also under another hat: what was typed is kept when a position lapses in mid-form."""
    return actor.person_id is not None and document.author.person_id == actor.person_id


@permission("documents.submit", _("Trình xem xét"))
def SUBMIT(actor: Actor, document: Document) -> bool:
    """The author, under the hat that the draft was written with."""
    return actor.position_id is not None and document.author_id == actor.position_id


@permission("documents.review", _("Xem xét, ký nháy"))
def REVIEW(actor: Actor, document: Document) -> bool:
    """The reviewer whose turn it is."""
    return (
        actor.position_id is not None
        and document.reviews.filter(reviewer=actor.position_id, state=ReviewState.WAITING).exists()
    )


@permission("documents.add_reviewer", _("Chuyển thêm người xem"))
def ADD_REVIEWER(actor: Actor, document: Document) -> bool:
    """The author; the reviewer whose turn it is."""
    return EDIT.allows(actor, document) or REVIEW.allows(actor, document)


@permission("documents.return", _("Trả lại người soạn"))
def RETURN(actor: Actor, document: Document) -> bool:
    """The reviewer whose turn it is; the signatory, instead of signing."""
    if document.state == DocumentState.APPROVED:
        return SIGN.allows(actor, document)
    return REVIEW.allows(actor, document)


@permission("documents.sign", _("Ký số"))
def SIGN(actor: Actor, document: Document) -> bool:
    """The signatory that the document names, and nobody for them."""
    return actor.position_id is not None and actor.position_id == document.signatory_id


@permission("documents.number", _("Cấp số văn bản"))
def NUMBER(actor: Actor, document: Document) -> bool:
    """The records clerk (văn thư) of the organ that owns the document."""
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.seal", _("Đóng dấu cơ quan"))
def SEAL(actor: Actor, document: Document) -> bool:
    """The records clerk of the organ: only the văn thư applies the organ's signature."""
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.issue", _("Phát hành văn bản"))
def ISSUE(actor: Actor, document: Document) -> bool:
    """The records clerk of the organ."""
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.send_on_paper", _("Gửi bản giấy"))
def SEND_ON_PAPER(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ prints and sends."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.see_personal", _("Xem văn bản gửi đích danh"))
def SEE_PERSONAL(_actor: Actor, _recipient: Recipient) -> bool:
    """The person whom the paper names, under any hat: its door, ``queries.access_personal``, has asked already."""
    return True


@permission("documents.issue_scan", _("Phát hành bản quét"))
def ISSUE_SCAN(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ whose paper was signed by hand."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.withdraw", _("Rút văn bản"))
def WITHDRAW(actor: Actor, document: Document) -> bool:
    """The author before the leader signs; the records clerk of the organ after it."""
    if document.state in {DocumentState.DRAFT, DocumentState.IN_REVIEW, DocumentState.APPROVED}:
        return EDIT.allows(actor, document)
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.read_catalogue", _("Xem loại văn bản, thể thức"))
def READ_CATALOGUE(actor: Actor, _nothing: None) -> bool:
    """Everybody who drafts, and administrators."""
    return DRAFT.allows(actor, None) or EDIT_CATALOGUE.allows(actor, None)


@permission("documents.edit_catalogue", _("Sửa loại văn bản, thể thức"))
def EDIT_CATALOGUE(actor: Actor, _nothing: None) -> bool:
    """An administrator: types and styles are the whole installation's."""
    return actor.is_system or bool(actor.organs_where("administrator"))


@permission("documents.choose_series", _("Chọn cách đánh số văn bản"))
def CHOOSE_SERIES(actor: Actor, organ_id: UUID) -> bool:
    """The head of the organ (Decree 30/2020/NĐ-CP, article 15)."""
    if not actor.has_role("leader", "head", in_organ=organ_id) or actor.position_id is None:
        return False
    return Position.objects.filter(id=actor.position_id, organ=organ_id, rank=Rank.HEAD, unit_name="").exists()


@permission("documents.order_recall", _("Ra lệnh thu hồi văn bản"))
def ORDER_RECALL(actor: Actor, document: Document) -> bool:
    """The signatory, as long as they hold the position, or a leader of the organ; the clerk carries it out."""
    return SIGN.allows(actor, document) or actor.has_role("leader", in_organ=document.organ_id)


@permission("documents.carry_out_recall", _("Thu hồi văn bản"))
def CARRY_OUT_RECALL(actor: Actor, document: Document) -> bool:
    """The records clerk of the organ, after an order."""
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.copy_document", _("Sao văn bản đi"))
def COPY_DOCUMENT(actor: Actor, document: Document) -> bool:
    """The records clerk of the organ that issued it."""
    return actor.has_role("records_clerk", in_organ=document.organ_id)


@permission("documents.copy_incoming", _("Sao văn bản đến"))
def COPY_INCOMING(actor: Actor, incoming: Incoming) -> bool:
    """The records clerk of the organ that received it."""
    return actor.has_role("records_clerk", in_organ=incoming.organ_id)


@permission("documents.see_copy", _("Xem bản sao"))
def SEE_COPY(_actor: Actor, _copy: Copy) -> bool:
    """Whoever the copy is visible to: its one door, ``queries.access_copy``, has asked already."""
    return True


@permission("documents.amend", _("Soạn văn bản thay thế, đính chính"))
def AMEND(actor: Actor, document: Document) -> bool:
    """Whoever may draft for the organ of an issued paper: the signature on the new one is the order."""
    return DRAFT.allows(actor, None) and document.organ_id in {actor.organ_id, *actor.serves}


@permission("documents.see_opened", _("Xem ai đã đọc văn bản đi"))
def SEE_OPENED(actor: Actor, document: Document) -> bool:
    """The author, the signatory, the records clerks and leaders of the organ."""
    return (
        EDIT.allows(actor, document)
        or SIGN.allows(actor, document)
        or actor.has_role("records_clerk", "leader", in_organ=document.organ_id)
    )


@permission("documents.read_register", _("Xem sổ văn bản"))
def READ_REGISTER(actor: Actor, organ_id: UUID) -> bool:
    """Records clerks and leaders of the organ; those who serve it read its outgoing register only."""
    return organ_id in actor.organs_where("records_clerk", "leader")


@permission("documents.close_register", _("Khóa sổ văn bản"))
def CLOSE_REGISTER(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.see_incoming", _("Xem văn bản đến"))
def SEE_INCOMING(_actor: Actor, _incoming: Incoming) -> bool:
    """Whoever the incoming paper is visible to: its one door, ``queries.access_incoming``, has asked already."""
    return True


@permission("documents.register", _("Vào sổ văn bản đến"))
def REGISTER(actor: Actor, incoming: Incoming) -> bool:
    """The records clerk of the receiving organ."""
    return actor.has_role("records_clerk", in_organ=incoming.organ_id)


@permission("documents.return_incoming", _("Trả lại nơi gửi"))
def RETURN_INCOMING(actor: Actor, incoming: Incoming) -> bool:
    """The records clerk of the receiving organ, before registering."""
    return actor.has_role("records_clerk", in_organ=incoming.organ_id) and incoming.state in UNREGISTERED


@permission("documents.confirm_destroyed", _("Báo đã hủy văn bản bị thu hồi"))
def CONFIRM_DESTROYED(actor: Actor, incoming: Incoming) -> bool:
    """The records clerk of the receiving organ."""
    return actor.has_role("records_clerk", in_organ=incoming.organ_id)


@permission("documents.enter", _("Vào sổ văn bản giấy, thư điện tử"))
def ENTER(actor: Actor, organ_id: UUID) -> bool:
    """The records clerk of the organ that the paper came to."""
    return actor.has_role("records_clerk", in_organ=organ_id)


@permission("documents.direct", _("Giao xử lý"))
def DIRECT(actor: Actor, incoming: Incoming) -> bool:
    """A leader of the receiving organ."""
    return actor.has_role("leader", in_organ=incoming.organ_id)


@permission("documents.answer", _("Xử lý văn bản đến"))
def ANSWER(actor: Actor, incoming: Incoming) -> bool:
    """Whoever leads the work: the named position, or the head and specialists of the named organ."""
    return (
        Assignment.objects.reaching(actor)
        .filter(incoming=incoming, kind=AssignmentKind.LEAD, done_at=None, direction__closed_at=None)
        .exists()
    )


@permission("documents.finish_part", _("Báo xong phần việc"))
def FINISH_PART(actor: Actor, incoming: Incoming) -> bool:
    """Whoever leads or supports and has not finished; nobody once the paper is closed or recalled."""
    if incoming.state in {IncomingState.CLOSED, IncomingState.RECALLED}:
        return False
    return Assignment.objects.awaited_from(actor).filter(incoming=incoming).exists()


@permission("documents.split", _("Giao tiếp phần việc"))
def SPLIT(actor: Actor, incoming: Incoming) -> bool:
    """A head or leader to whom, or to whose organ, an open part was given."""
    return actor.has_role("head", "leader", in_organ=actor.organ_id) and FINISH_PART.allows(actor, incoming)


@permission("documents.change_direction", _("Đổi hạn, rút lại chỉ đạo"))
def CHANGE_DIRECTION(actor: Actor, direction: Direction) -> bool:
    """Who gave it; once that position is over, those who now have its role in its organ."""
    giver = direction.given_by
    if actor.position_id == giver.id:
        return True
    is_over = giver.valid.upper is not None and giver.valid.upper <= clock.today()
    return is_over and actor.has_role(giver.role, in_organ=giver.organ_id)


@permission("documents.forward", _("Chuyển tiếp văn bản đến"))
def FORWARD(actor: Actor, incoming: Incoming) -> bool:
    """A records clerk or leader of the receiving organ."""
    return actor.has_role("records_clerk", "leader", in_organ=incoming.organ_id)


@permission("documents.see_readers", _("Xem ai chưa đọc, nhắc đọc"))
def SEE_READERS(actor: Actor, incoming: Incoming) -> bool:
    """A records clerk or leader of the receiving organ; a head who split a part of it onward."""
    return FORWARD.allows(actor, incoming) or (
        actor.position_id is not None and incoming.directions.filter(given_by=actor.position_id).exists()
    )


@permission("documents.see_attachment", _("Xem tệp kèm theo"))
def SEE_ATTACHMENT(_actor: Actor, _attachment: Attachment) -> bool:
    """Whoever may see its paper: its one door, ``queries.access_attachment``, has asked already."""
    return True


@permission("documents.use_template", _("Dùng mẫu, nhóm nơi nhận"))
def USE_SAVED(_actor: Actor, _saved: DraftTemplate | AddressGroup) -> bool:
    """Whoever sees it: one's own, or shared in the organ; its one door, ``queries.reusing``, has asked already."""
    return True


@permission("documents.change_template", _("Sửa, xóa mẫu, nhóm nơi nhận"))
def CHANGE_SAVED(actor: Actor, saved: DraftTemplate | AddressGroup) -> bool:
    """Whoever made it."""
    return actor.person_id is not None and actor.person_id == saved.owner_id


@permission("documents.share_template", _("Dùng chung mẫu, nhóm nơi nhận trong cơ quan"))
def SHARE_SAVED(actor: Actor, saved: DraftTemplate | AddressGroup) -> bool:
    """The head or leader of the organ: what they made, or what is shared already."""
    is_head = actor.has_role("head", "leader", in_organ=saved.organ_id)
    return is_head and (saved.is_shared or CHANGE_SAVED.allows(actor, saved))


@permission("documents.remark", _("Góp ý vào đoạn"))
def REMARK(actor: Actor, document: Document) -> bool:
    """The reviewer whose turn it is; the signatory while it waits for their signature."""
    if document.state == DocumentState.APPROVED:
        return SIGN.allows(actor, document)
    return document.state == DocumentState.IN_REVIEW and REVIEW.allows(actor, document)


@permission("documents.resolve_remark", _("Đánh dấu góp ý đã xử lý"))
def RESOLVE_REMARK(actor: Actor, remark: PassageRemark) -> bool:
    """The author of the paper; whoever made the remark."""
    return EDIT.allows(actor, remark.document) or actor.position_id == remark.reviewer_id
