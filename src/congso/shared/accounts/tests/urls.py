"""The site's addresses and two views that only these tests have."""

from django.http import HttpResponse
from django.urls import include, path

from congso.kernel.web import ActorRequest
from congso.shared.accounts.hats import keeps_typed
from congso.shared.authz import signed_in


@signed_in
def act(request: ActorRequest) -> HttpResponse:
    return HttpResponse(f"acted as {request.actor.position_id}")


@keeps_typed
@signed_in
def save_draft(request: ActorRequest) -> HttpResponse:
    lost = getattr(request, "hat_lost", None)
    return HttpResponse(f"kept, was {lost.position_id}" if lost else "saved")


urlpatterns = [path("act/", act), path("draft/", save_draft), path("", include("congso.config.urls"))]
