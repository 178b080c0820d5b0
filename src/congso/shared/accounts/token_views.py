"""The page of keys for programs."""

from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError
from congso.kernel.web import ActorRequest
from congso.shared.accounts import tokens
from congso.shared.accounts.forms import TokenForm
from congso.shared.accounts.hats import works_without_hat
from congso.shared.accounts.tokens import MadeToken
from congso.shared.authz import signed_in

WRONG = 422


@works_without_hat
@signed_in
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """List the account's keys, or make one: the answer to that form shows it, once."""
    form = TokenForm(request.POST or None)
    made, refusal, status = None, "", 200
    if request.method == "POST":
        status = WRONG
        if form.is_valid():
            try:
                made = _make(request, form)
            except DomainError as error:
                refusal, status = str(error), error.status
            else:
                form, status = TokenForm(), 200
    now = datetime.now(UTC)
    context = {
        "form": form,
        "made": made,
        "refusal": refusal,
        "tokens": tokens.open_tokens(cast("UUID", request.actor.account_id), at=now),
        "hat": getattr(request, "hat", None),
    }
    return render(request, "accounts/tokens.html", context, status=status)


@works_without_hat
@signed_in
@require_POST
def revoke(request: ActorRequest, token_id: UUID) -> HttpResponse:
    token = tokens.revoke_token(token_id, by=request.actor, now=clock.now(), real_now=datetime.now(UTC))
    messages.success(request, _("Đã thu hồi khóa của “%(name)s”.") % {"name": token.name})
    return redirect("accounts:tokens")


def _make(request: ActorRequest, form: TokenForm) -> MadeToken:
    return tokens.make_token(
        form.cleaned_data["id"],
        name=form.cleaned_data["name"],
        days=form.cleaned_data["days"],
        password=form.cleaned_data["password"],
        by=request.actor,
        now=clock.now(),
        real_now=datetime.now(UTC),
    )
