"""The registers (sổ văn bản) in the decree's columns, by number, newest first."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congso.kernel.actor import Actor
from congso.kernel.errors import NotPermitted
from congso.modules.documents import permissions, series
from congso.modules.documents.kinds import NUMBERED_AND_LATER
from congso.modules.documents.models import Document, Incoming, Recipient
from congso.modules.documents.queries.lists import register_organ
from congso.shared.numbering.models import NumberState, NumberTaken
from congso.shared.ui.paging import Keyset
from congso.shared.ui.words import vn_date

OUTGOING_ORDER = Keyset[Document](("issued_date", "id"), size=100)
INCOMING_ORDER = Keyset[Incoming](("arrival_number", "id"), size=100)

# Decree 30/2020/NĐ-CP, Phụ lục IV: ten columns each.
OUTGOING_COLUMNS: Sequence[str | Promise] = (
    gettext_lazy("Số, ký hiệu văn bản"),
    gettext_lazy("Ngày tháng văn bản"),
    gettext_lazy("Tên loại và trích yếu nội dung văn bản"),
    gettext_lazy("Người ký"),
    gettext_lazy("Nơi nhận văn bản"),
    gettext_lazy("Đơn vị, người nhận bản lưu"),
    gettext_lazy("Số lượng bản"),
    gettext_lazy("Ngày chuyển"),
    gettext_lazy("Ký nhận"),
    gettext_lazy("Ghi chú"),
)
INCOMING_COLUMNS: Sequence[str | Promise] = (
    gettext_lazy("Ngày đến"),
    gettext_lazy("Số đến"),
    gettext_lazy("Tác giả"),
    gettext_lazy("Số, ký hiệu văn bản"),
    gettext_lazy("Ngày tháng văn bản"),
    gettext_lazy("Tên loại và trích yếu nội dung văn bản"),
    gettext_lazy("Đơn vị hoặc người nhận"),
    gettext_lazy("Ngày chuyển"),
    gettext_lazy("Ký nhận"),
    gettext_lazy("Ghi chú"),
)


def organ_of_registers(by: Actor) -> UUID:
    """Return the organ whose registers ``by`` keeps or leads.

    :raises NotPermitted: neither clerk nor leader of it.
    """
    organ_id = register_organ(by)
    if organ_id is None or not permissions.READ_REGISTER.allows(by, organ_id):
        raise NotPermitted
    return organ_id


def outgoing(organ_id: UUID, year: int) -> QuerySet[Document]:
    """Return the numbered papers of a year, in ``OUTGOING_ORDER``."""
    papers = Document.objects.filter(
        organ=organ_id,
        state__in=NUMBERED_AND_LATER,
        issued_date__gte=date(year, 1, 1),
        issued_date__lte=date(year, 12, 31),
    )
    # Counted for the rows of the page only: a join would count for the whole year first.
    recipients = Recipient.objects.filter(document=OuterRef("pk")).order_by().values("document")
    return papers.annotate(
        recipients_count=Subquery(recipients.annotate(number=Count("id")).values("number")),
        copies=Subquery(recipients.annotate(number=Sum("copies")).values("number")),
    )


def incoming(organ_id: UUID, year: int) -> QuerySet[Incoming]:
    """Return the registered papers of a year, in ``INCOMING_ORDER``."""
    return Incoming.objects.filter(organ=organ_id, arrival_year=year).prefetch_related("assignments__position__person")


def cancelled_numbers(organ_id: UUID, year: int) -> list[NumberTaken]:
    """Return the numbers of a year that were given and not used: they stay in the register with their reason."""
    given = NumberTaken.objects.filter(series__in=series.keys_of(organ_id, year), state=NumberState.CANCELLED)
    return list(given.order_by("series", "number"))


def outgoing_rows(papers: Iterable[Document]) -> list[tuple[object, ...]]:
    """Return the ten cells of each line."""
    return [
        (
            paper.number_text,
            vn_date(paper.issued_date) if paper.issued_date else "",
            f"{paper.type_name}: {paper.subject}",
            paper.signer_name,
            _("%(n)s nơi nhận") % {"n": getattr(paper, "recipients_count", 0) or 0},
            _("Văn thư"),
            getattr(paper, "copies", 0) or "",
            vn_date(paper.issued_at) if paper.issued_at else "",
            "",
            _("Bản quét, ký giấy") if paper.paper_signed_reason else _("Bản điện tử"),
        )
        for paper in papers
    ]


def incoming_rows(papers: Iterable[Incoming]) -> list[tuple[object, ...]]:
    """Return the ten cells of each line."""
    return [
        (
            vn_date(paper.registered_at) if paper.registered_at else "",
            paper.arrival_number,
            paper.sender_text,
            paper.number_text,
            vn_date(paper.document_date),
            f"{paper.type_name}: {paper.subject}",
            _receivers(paper),
            vn_date(paper.registered_at) if paper.registered_at else "",
            "",
            paper.get_state_display(),
        )
        for paper in papers
    ]


def _receivers(paper: Incoming) -> str:
    names = [part.position.person.full_name for part in paper.assignments.all() if part.position]
    return ", ".join(names) or str(_("Lãnh đạo"))
