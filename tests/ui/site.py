"""A site of one page that shows every component in its states; only tests serve it."""

import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt

from congso.config.urls import urlpatterns as site
from congso.shared.authz import for_everyone
from congso.shared.ui.forms import DateField, TextField
from congso.shared.ui.status import STATUSES
from congso.shared.ui.work import WorkItem

NOON = datetime(2023, 11, 29, 5, tzinfo=UTC)


class Everything(forms.Form):
    subject = TextField(label="Trích yếu", help_text="Bắt đầu bằng “Về việc”", max_length=500)
    due = DateField(label="Hạn xử lý", required=False)
    kind = forms.ChoiceField(label="Loại văn bản", choices=[("KH", "Kế hoạch"), ("QD", "Quyết định")])
    say = TextField(label="Ý kiến", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    secret = forms.ChoiceField(
        label="Có bí mật nhà nước không?",
        choices=[("no", "Không có"), ("yes", "Có, hoặc chưa chắc")],
        widget=forms.RadioSelect,
        help_text="Bí mật nhà nước không được soạn trên máy nối mạng.",
    )
    agree = forms.BooleanField(label="Đã đọc phụ lục")


class Picking(forms.Form):
    places = forms.MultipleChoiceField(
        label="Nơi nhận",
        choices=[("1", "UBND xã Thăng Long"), ("2", "UBND xã Tế Lợi"), ("3", "Đảng ủy xã Tế Nông")],
        widget=forms.CheckboxSelectMultiple,
        initial=["1"],
    )
    scan = forms.FileField(label="Phụ lục", required=False)


class Filter(forms.Form):
    q = TextField(label="Tìm trong sổ", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    year = forms.ChoiceField(label="Sổ năm", choices=[("2023", "2023")])


@dataclass(frozen=True)
class Line:
    text: str
    at: datetime


@for_everyone
def components(request: HttpRequest) -> HttpResponse:
    request.account = SimpleNamespace(person=SimpleNamespace(full_name="Lê Thị Mẫu"))
    request.hat = SimpleNamespace(title="Văn thư", organ_name="UBND xã Thăng Long")
    template = engines["django"].from_string((Path(__file__).parent / "components.html").read_text())
    form = Everything({"subject": "", "due": "31/11/2023", "kind": "KH", "say": "Tham khảo", "secret": "no"})
    item = {"kind": "sign", "icon": "writing-sign", "url": "/", "button": "Đọc để ký", "verb": "Ký"}
    context = {
        "form": form,
        "picker": Picking(),
        "filter": Filter(),
        "words": list(STATUSES),
        "files": [{"name": "Tong hop.docm", "error": "Không nhận tệp có mã lệnh."}, {"name": "a.pdf", "meta": "94 kB"}],
        "signatures": [{"name": "Nguyễn Văn Thử", "role": "Chủ tịch UBND xã Thăng Long", "at": NOON}],
        "items": [
            WorkItem(title="Báo cáo mã địa chỉ số", meta="517/UBND-VHTT", due=date(2023, 11, 28), **item),
            WorkItem(title="Quyết định kiện toàn Tổ công nghệ số", meta="trình 8:12", due=NOON, **item),
        ],
        "lines": [Line(f"Lê Thị Mẫu vào sổ, số đến {number}", NOON) for number in range(6)],
        "facts": [("Loại", "Quyết định"), ("Người ký", "Nguyễn Văn Thử")],
        "page": SimpleNamespace(newer="", older="?sau=1"),
        "life": [
            {"label": "Soạn", "state": "done"},
            {"label": "Xem xét", "state": "now", "note": "đang chờ Chánh Văn phòng"},
            {"label": "Ký", "state": "todo"},
        ],
    }
    return HttpResponse(template.render(context, request))


RECEIVED: list[dict[str, Any]] = []


@csrf_exempt
@for_everyone
def receive(request: HttpRequest) -> HttpResponse:
    """Note each form that comes, slowly."""
    RECEIVED.append(request.POST.dict())
    time.sleep(1)
    return HttpResponse("<!doctype html><title>Đã nhận</title><p>Đã nhận")


urlpatterns: list[URLPattern | URLResolver] = [
    path("components/", components),
    path("receive/", receive),
    *site,
]
