"""A route without a guard does not start."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from congso.shared.authz.guards import GUARD


def all_routes(
    patterns: Sequence[URLPattern | URLResolver] | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Yield each route of the site with its full pattern."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from all_routes(entry.url_patterns, path)
        else:
            yield path, entry


@register(Tags.urls)
def every_route_has_a_guard(**_options: Any) -> list[CheckMessage]:
    """Report each route whose view carries no guard."""
    return [
        Error(f"Route /{path} has no guard; decorate its view with guarded, signed_in or for_everyone", id="authz.E001")
        for path, route in all_routes()
        if not hasattr(route.callback, GUARD)
    ]
