"""The description of the API, for programs and for who writes them."""

from functools import cache

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from congso.kernel.web import ActorRequest
from congso.portals.api.site import API
from congso.shared.accounts.hats import works_without_hat
from congso.shared.authz import for_everyone


@works_without_hat
@for_everyone
@require_GET
def openapi(_request: ActorRequest) -> HttpResponse:
    """Give the description of the API (OpenAPI 3.1)."""
    return HttpResponse(_description(), content_type="application/json")


@cache
def _description() -> bytes:
    """Return the description as it is sent: made once, for making it takes long and everybody may ask for it."""
    return JsonResponse(API.get_openapi_schema(), json_dumps_params={"ensure_ascii": False}).content
