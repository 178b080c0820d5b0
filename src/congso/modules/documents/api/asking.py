"""What the module's endpoints share: forms filled by programs, files, who has asked."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpResponse

from congso.kernel.actor import Actor
from congso.kernel.errors import InvalidInput, NotFound
from congso.shared import files, search

MOST_FOUND = 100


def accepted[F: forms.Form](form: F) -> F:
    """Return the page's own form if it takes what a program sent.

    :raises InvalidInput: everything that is wrong, each with its place.
    """
    if not form.is_valid():
        errors = [
            {"pointer": "" if name == "__all__" else f"/{name}", "detail": str(text)}
            for name, texts in form.errors.items()
            for text in texts
        ]
        raise InvalidInput(detail=errors[0]["detail"], errors=errors)
    return form


def said(form_class: type[forms.Form], sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a short form makes of what was sent.

    :raises InvalidInput: see :func:`accepted`.
    """
    return accepted(form_class(dict(sent))).cleaned_data


def having[T: Model](papers: QuerySet[T], words: str, kind: str, *, by: Actor) -> QuerySet[T]:
    """Keep the papers that the search finds by ``words``; without any, all."""
    if not words:
        return papers
    return papers.filter(id__in=[hit.record_id for hit in search.find(words, by=by, kinds=[kind], limit=MOST_FOUND)])


def pdf(file_id: str | None) -> HttpResponse:
    """Give a file byte by byte. That a program fetched it does not count as somebody having read it.

    :raises NotFound: there is no file yet.
    """
    if file_id is None:
        raise NotFound
    headers = {"ETag": f'"{file_id}"', "Cache-Control": "private, no-cache"}
    return HttpResponse(files.read(file_id), content_type="application/pdf", headers=headers)
