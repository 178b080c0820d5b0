"""Labels for paper originals, to print on sheets of labels."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from congso.kernel import clock
from congso.kernel.errors import InvalidInput, NotFound
from congso.kernel.web import ActorRequest
from congso.modules.documents import permissions
from congso.modules.documents.kinds import NUMBERED_AND_LATER
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.queries.access import organ_of_registers
from congso.modules.documents.registers import labels
from congso.modules.documents.views.parts import file_answer
from congso.shared.authz import guarded
from congso.shared.files import media
from congso.shared.organs.queries import labels as organ_labels
from congso.shared.ui.words import vn_date


@guarded(permissions.READ_REGISTER)
@require_GET
def sheet(request: ActorRequest) -> HttpResponse:
    """Give labels for the papers that the address names (``di=``, ``den=``), those of the own organ's registers."""
    wanted = _labels(request, organ_of_registers(request.actor))
    if not wanted and (request.GET.get("di") or request.GET.get("den")):
        raise NotFound
    made = labels.pdf_of(wanted, skip=_first_place(request) - 1, made_at=clock.now())
    return file_answer(made, media.PDF, "nhan-van-ban.pdf", is_shown=True)


def _labels(request: HttpRequest, organ_id: UUID) -> list[labels.Label]:
    organ = organ_labels([organ_id], on=clock.today())[organ_id].name
    sent = Document.objects.filter(id__in=_ids(request, "di"), organ=organ_id, state__in=NUMBERED_AND_LATER)
    arrived = Incoming.objects.filter(id__in=_ids(request, "den"), organ=organ_id).exclude(arrival_number=None)
    return [
        *(
            labels.Label(
                organ=organ,
                number=paper.number_text,
                day=vn_date(paper.issued_date) if paper.issued_date else "",
                subject=paper.subject,
                address=request.build_absolute_uri(reverse("documents:detail", args=[paper.id])),
            )
            for paper in sent.order_by("issued_date", "id")
        ),
        *(
            labels.Label(
                organ=organ,
                number=f"Đến {paper.arrival_number}",
                day=f"{paper.number_text}, {vn_date(paper.document_date)}",
                subject=paper.subject,
                address=request.build_absolute_uri(reverse("documents:incoming_detail", args=[paper.id])),
            )
            for paper in arrived.order_by("arrival_year", "arrival_number")
        ),
    ]


def _ids(request: HttpRequest, name: str) -> list[UUID]:
    try:
        return [UUID(value) for value in request.GET.getlist(name)][: labels.MOST_LABELS + 1]
    except ValueError:
        raise InvalidInput(detail=name) from None


def _first_place(request: HttpRequest) -> int:
    asked = request.GET.get("o", "1")
    return int(asked) if asked.isdecimal() and len(asked) <= len(str(labels.ON_A_SHEET)) else 1
