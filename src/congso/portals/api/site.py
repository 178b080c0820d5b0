"""The API: its parts, its addresses with their guards, its description."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation, PathView
from ninja.renderers import JSONRenderer

from congso.kernel.web import answer
from congso.modules.documents.api import incoming, outgoing, registers
from congso.modules.signing import api as signing
from congso.portals.api import description, figures, me, organs, problems
from congso.portals.api.doors import DOORS
from congso.shared.authz.guards import GUARD

PREFIX = "api/v1/"
NOT_CACHED = "private, no-cache"


class Renderer(JSONRenderer):
    """Vietnamese as it is: escaped, it would be twice as long."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


class Api(NinjaAPI):
    """Operations and addresses are called as their functions are."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_operation_url_name(self, operation: Operation, router: Router) -> str:  # noqa: ARG002 - the library's signature
        return operation.view_func.__name__

    def get_openapi_schema(self, **_options: Any) -> OpenAPISchema:
        """Return the description of the whole API (OpenAPI 3.1), wherever it is asked."""
        return description.completed(super().get_openapi_schema(path_prefix=f"/{PREFIX}"))


def make_api() -> Api:
    """Compose the API of its parts."""
    api = Api(
        title=description.TITLE,
        version="1",
        description=description.TEXT,
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
        auth=DOORS,
        renderer=Renderer(),
    )
    problems.register(api)
    api.add_router("", me.router)
    api.add_router("organs", organs.router)
    api.add_router("outgoing", outgoing.router)
    api.add_router("incoming", incoming.router)
    api.add_router("registers", registers.router)
    api.add_router("figures", figures.router)
    api.add_router("signing", signing.router)
    return api


def routes(api: Api) -> list[URLPattern]:
    """Return the addresses, each carrying the guards of its operations; one without a guard does not start."""
    found = []
    for router in api._get_bound_routers():  # noqa: SLF001 - the library's one way to its views
        patterns = router.urls_paths(router.prefix)
        for view in router.path_operations.values():
            callback = _guarded(view)
            # One address per operation, each leading to them all.
            for pattern in islice(patterns, len(view.operations)):
                pattern.callback = callback
                found.append(pattern)
    return found


def _guarded(view: PathView) -> Callable[..., HttpResponseBase]:
    guards = [getattr(operation.view_func, GUARD, None) for operation in view.operations]
    callback = _answering(view.get_view())
    if all(guards):
        setattr(callback, GUARD, " ".join(dict.fromkeys(str(guard) for guard in guards)))
    return callback


def _answering(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let answers be kept by nobody unasked, and a wrong method be a problem like any other."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            return _wrong_method(request, response["Allow"])
        response.setdefault("Cache-Control", NOT_CACHED)
        return response

    return answering


def _wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    message = _("Đường dẫn này chỉ nhận: %(methods)s.") % {"methods": allowed}
    response = answer(request, code="wrong_method", message=message, status=HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = allowed
    return response


API = make_api()
