"""Pages of the account: sign in and out, the hat, devices, the password."""

from datetime import UTC, datetime
from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from congso.kernel import clock
from congso.kernel.errors import DomainError, NotFound
from congso.kernel.web import ActorRequest
from congso.shared.accounts import commands, hats, sessions, tokens
from congso.shared.accounts.devices import Device
from congso.shared.accounts.forms import PasswordForm, SignInForm
from congso.shared.accounts.hats import works_without_hat
from congso.shared.accounts.models import Account
from congso.shared.accounts.sign_in import sign_in, step_into_role
from congso.shared.authz import for_everyone, signed_in

UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - stands for “not known”, nothing listens there


@for_everyone
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def login(request: ActorRequest) -> HttpResponse:
    """Sign in with name and password, and go where one wanted to go."""
    if request.method == "GET" and request.actor.is_authenticated:
        return HttpResponseRedirect(_next(request))
    form, refusal, status = SignInForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account = _sign_in(request, form)
            except DomainError as error:
                refusal, status = str(error), error.status
            else:
                _begin(request, account)
                hats.settle(request.session, hats.seat_of(request.session, on=clock.today()))
                return HttpResponseRedirect(_next(request))
    context = {"form": form, "refusal": refusal, "next": _next(request), "next_name": REDIRECT_FIELD_NAME}
    return render(request, "accounts/login.html", context, status=status)


@works_without_hat
@signed_in
@require_POST
def logout(request: ActorRequest) -> HttpResponse:
    return _sign_out(request)


@for_everyone
@require_POST
def demo_login(request: ActorRequest) -> HttpResponse:
    """Step into one of the demo's roles."""
    position_id = _uuid(request.POST.get("position", ""))
    account = step_into_role(position_id, now=clock.now())
    _begin(request, account)
    request.session[sessions.HAT] = str(position_id)
    return HttpResponseRedirect(_next(request))


@works_without_hat
@signed_in
@require_http_methods(["GET", "POST"])
def hat(request: ActorRequest) -> HttpResponse:
    """Choose under which position to work."""
    if request.method == "POST":
        worn = hats.put_on(request.session, _uuid(request.POST.get("position", "")), on=clock.today())
        message = _("Từ nay làm việc với tư cách %(hat)s.") % {"hat": f"{worn.title}, {worn.organ_name}"}
        messages.success(request, message)
        return HttpResponseRedirect(_next(request))
    context = {"hats": hats.seat_of(request.session, on=clock.today()).hats, "next": _next(request)}
    return render(request, "accounts/hat.html", {**context, "worn": request.actor.position_id})


@works_without_hat
@signed_in
@require_GET
def devices(request: ActorRequest) -> HttpResponse:
    """List where the account is signed in."""
    this = sessions.public_id_of(request.session)
    open_ones = sessions.of_account(_account_id(request), at=datetime.now(UTC))
    keys = tokens.open_tokens(_account_id(request), at=datetime.now(UTC))
    listed = [Device.of(row, this=this) for row in open_ones]
    context = {"devices": listed, "others": len(listed) - 1, "has_keys": keys.exists()}
    return render(request, "accounts/devices.html", context)


@works_without_hat
@signed_in
@require_POST
def revoke_device(request: ActorRequest, device_id: UUID) -> HttpResponse:
    if device_id == sessions.public_id_of(request.session):
        return _sign_out(request)
    commands.revoke_sessions(only=device_id, by=request.actor, now=clock.now(), real_now=datetime.now(UTC))
    messages.success(request, _("Đã đăng xuất thiết bị ấy."))
    return redirect("accounts:sessions")


@works_without_hat
@signed_in
@require_POST
def revoke_others(request: ActorRequest) -> HttpResponse:
    this = sessions.public_id_of(request.session)
    count = commands.revoke_sessions(keep=this, by=request.actor, now=clock.now(), real_now=datetime.now(UTC))
    messages.success(request, _("Đã đăng xuất %(n)d thiết bị khác.") % {"n": count})
    return redirect("accounts:sessions")


@works_without_hat
@signed_in
@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "POST"])
def password(request: ActorRequest) -> HttpResponse:
    """Change the own password."""
    form, refusal, status = PasswordForm(request.POST or None), "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _change_password(request, form)
            except DomainError as error:
                refusal, status = str(error), error.status
            else:
                messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."))
                return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    return render(request, "accounts/password.html", {"form": form, "refusal": refusal}, status=status)


def _sign_out(request: ActorRequest) -> HttpResponse:
    commands.note_sign_out(by=request.actor, now=clock.now())
    request.session.flush()
    return redirect(settings.LOGIN_URL)


def _sign_in(request: ActorRequest, form: SignInForm) -> Account:
    return sign_in(
        form.cleaned_data["username"],
        form.cleaned_data["password"],
        address=_address(request),
        now=clock.now(),
        real_now=datetime.now(UTC),
    )


def _change_password(request: ActorRequest, form: PasswordForm) -> None:
    commands.change_password(
        form.cleaned_data["old"],
        form.cleaned_data["new"],
        keep_session=sessions.public_id_of(request.session),
        by=request.actor,
        now=clock.now(),
        real_now=datetime.now(UTC),
    )
    rotate_token(request)


def _begin(request: ActorRequest, account: Account) -> None:
    browser = request.headers.get("User-Agent", "")
    sessions.begin(request.session, account, address=_address(request), browser=browser, at=datetime.now(UTC))
    rotate_token(request)


def _address(request: ActorRequest) -> str:
    return str(request.META.get("REMOTE_ADDR") or UNKNOWN_ADDRESS)


def _account_id(request: ActorRequest) -> UUID:
    return cast("UUID", request.actor.account_id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None


def _next(request: ActorRequest) -> str:
    """Return where to go afterwards: a page of this site that the form or the address names, else the first page."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)
