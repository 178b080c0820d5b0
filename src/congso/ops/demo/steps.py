"""«Thử việc này»: the story as a list that ticks itself. Each step asks the records since the demo began."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from congso.modules.documents.kinds import APPROVED_AND_LATER, DocumentState, IncomingState
from congso.modules.documents.models import Document, Incoming
from congso.ops.demo.door import district_committee, story_commune
from congso.ops.demo.making import FIRST_MOMENT
from congso.shared.journal.models import JournalLine
from congso.shared.ui.demo import DemoStep

# The list asks ten times for one page; the records are asked once.
_SECONDS_KEPT = 0.2
_SENT = tuple(APPROVED_AND_LATER)


@dataclass(slots=True)
class _Progress:
    done: frozenset[str] = frozenset()
    asked_at: float = 0.0

    def has(self, key: str) -> bool:
        if time.monotonic() - self.asked_at > _SECONDS_KEPT:
            self.done, self.asked_at = frozenset(_done()), time.monotonic()
        return key in self.done


_progress = _Progress()


def steps() -> list[DemoStep]:
    """Return the steps of the story in order."""
    said = (
        ("drafted", 1, _("Soạn một kế hoạch gửi 29 xã, thị trấn rồi trình xem xét"), _("Văn bản, Soạn văn bản")),
        ("reviewed", 2, _("Xem xét và ký nháy"), _("Mở việc ở “Việc của tôi”")),
        ("signed", 3, _("Ký số kế hoạch"), _("Mã PIN tập huấn: 123456")),
        ("sealed", 4, _("Cấp số, ngày và đóng dấu"), _("Mã PIN tập huấn: 123456")),
        ("issued", 4, _("Phát hành"), _("29 nơi nhận trong một lần bấm")),
        ("registered", 5, _("Ở xã Thăng Long: xem kết quả kiểm tra chữ ký, vào sổ"), ""),
        ("directed", 6, _("Chỉ đạo: ai chủ trì, ai phối hợp, hạn nào"), _("Thử trên điện thoại hoặc thu hẹp cửa sổ")),
        ("answered", 7, _("Soạn báo cáo trả lời"), _("Mở văn bản được giao, bấm Soạn trả lời")),
        ("closed", 5, _("Ký, cấp số, đóng dấu, gửi báo cáo về huyện"), _("Chủ tịch xã ký trước, văn thư xã làm tiếp")),
        ("opened", 8, _("Mở tỷ lệ ký số đến đúng từng văn bản"), _("Số liệu, bấm vào một con số")),
    )
    return [
        DemoStep(key=key, title=title, hint=hint, role_step=role, is_done=_asks(key)) for key, role, title, hint in said
    ]


def _asks(key: str) -> Callable[[], bool]:
    return lambda: _progress.has(key)


def _done() -> set[str]:
    """Return the keys of what was done, in five queries."""
    done: set[str] = set()
    plans = Document.objects.filter(organ=district_committee(), created_at__gte=FIRST_MOMENT)
    for state, signed_at, sealed_at in plans.values_list("state", "signed_at", "sealed_at"):
        done |= {"drafted"} if state in {*_SENT, DocumentState.IN_REVIEW} else set()
        done |= {"reviewed"} if state in _SENT else set()
        done |= {"signed"} if signed_at else set()
        done |= {"sealed"} if sealed_at else set()
        done |= {"issued"} if state == DocumentState.ISSUED else set()
    arrivals = Incoming.objects.filter(organ=story_commune(), document__in=plans)
    for state, registered_at, replied in arrivals.values_list("state", "registered_at", "replies__submitted_at"):
        done |= {"registered"} if registered_at else set()
        done |= {"answered"} if replied else set()
        done |= {"closed"} if replied and state == IncomingState.CLOSED else set()
    if arrivals.filter(directions__isnull=False).exists():
        done.add("directed")
    if JournalLine.objects.filter(act="figures.inspected", at__gte=FIRST_MOMENT).exists():
        done.add("opened")
    return done
