"""A site of one page with the editor on it, saving into a list; only tests serve it."""

import time
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from congso.config.urls import urlpatterns as site
from congso.kernel.errors import InvalidInput
from congso.modules.documents import body as bodies
from congso.modules.documents.tests.words import png
from congso.shared.authz import for_everyone

saved: list[dict[str, str]] = []
received: list[bytes] = []
given: dict[str, str] = {}
refusing: list[str] = []
# What the next saves answer instead: a part of the page.
parts: list[str] = []
# How many seconds the next save takes.
slow: list[float] = []


class Draft(forms.Form):
    subject = forms.CharField(label="Trích yếu", required=False)
    body_json = forms.CharField(required=False, widget=forms.HiddenInput)
    body_text = forms.CharField(
        label="Nội dung", required=False, widget=forms.Textarea(attrs={"rows": 8, "data-editor": "body_json"})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


@for_everyone
def compose(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        saved.append(request.POST.dict())
        return HttpResponse("Đã nhận")
    template = engines["django"].from_string((Path(__file__).parent / "compose.html").read_text())
    return HttpResponse(template.render({"form": Draft(initial={"version": 1} | given)}, request))


@for_everyone
def autosave(request: HttpRequest) -> HttpResponse:
    time.sleep(slow.pop() if slow else 0)
    if refusing:
        raise InvalidInput(detail=refusing[0])
    bodies.from_json(request.POST["body_json"])
    saved.append(request.POST.dict())
    if parts:
        return HttpResponse(parts[0])
    return JsonResponse({"at": "9:42:10", "fields": {"version": len(saved) + 1}})


@for_everyone
def preview(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<p>Đã dựng {len(saved)} lần</p>")


@for_everyone
def add_picture(request: HttpRequest) -> HttpResponse:
    received.append(request.FILES["picture"].read())
    return JsonResponse({"sha256": "ab" * 32, "width": 40, "alt": ""})


@for_everyone
def picture(_request: HttpRequest, sha256: str) -> HttpResponse:
    return HttpResponse(png(), content_type="image/png", headers={"X-Sha256": sha256})


urlpatterns = [
    *site,
    path("soan/", compose, name="compose"),
    path("soan/luu/", autosave, name="autosave"),
    path("soan/xem/", preview, name="preview"),
    path("soan/anh/", add_picture, name="add_picture"),
    path("soan/anh/<str:sha256>/", picture, name="picture"),
]
