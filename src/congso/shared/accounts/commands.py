"""Every change of accounts and of their sessions."""

import re
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from congso.kernel.actor import Actor
from congso.kernel.clock import day_of
from congso.kernel.errors import DomainError, InvalidInput, NotFound
from congso.shared import journal
from congso.shared.accounts import passwords, permissions, queries
from congso.shared.accounts.models import Account, LoginSession
from congso.shared.accounts.sign_in import normal_name, require_password
from congso.shared.accounts.tokens import end_tokens
from congso.shared.people.models import Person

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")


class AccountExists(DomainError):
    code = "accounts.exists"
    message = _("Tên đăng nhập “%(username)s” đã có người dùng, hoặc người này đã có tài khoản.")


@transaction.atomic(durable=True)
def create_account(
    person_id: UUID, *, username: str, password: str | None, by: Actor, now: datetime, must_change: bool = True
) -> Account:
    """Give a person an account.

    :param password: ``None`` for an account that opens by other means only (the demo's one-click roles).
    :param must_change: whether the first sign-in asks for a password of the person's own.
    :raises NotFound: no such person.
    :raises NotPermitted: ``by`` administers no organ where the person works.
    :raises AccountExists: the name is taken, or the person has an account.
    :raises InvalidInput, WeakPassword: the name or the password will not do.
    """
    person = Person.objects.select_for_update().filter(id=person_id).first()
    if person is None:
        raise NotFound
    permissions.MANAGE.require(by, queries.organs_of_person(person_id, on=day_of(now)))
    name = normal_name(username)
    if not USERNAME.fullmatch(name):
        raise InvalidInput(detail=_("tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm hoặc gạch"))
    if Account.objects.filter(Q(username=name) | Q(person=person)).exists():
        raise AccountExists(username=name)
    account = Account.objects.create(
        person=person,
        username=name,
        password=make_password(None if password is None else passwords.checked(password, username=name)),
        must_change_password=must_change and password is not None,
        created_at=now,
        password_changed_at=now,
    )
    journal.record("accounts.created", subject_id=account.id, by=by, at=now, person=person_id)
    return account


@transaction.atomic(durable=True)
def change_password(
    old: str, new: str, *, keep_session: UUID | None, by: Actor, now: datetime, real_now: datetime
) -> Account:
    """Change the own password; every other device is signed out, every program's key ends.

    :param keep_session: the ``public_id`` of the session that stays.
    :raises NotPermitted: ``by`` has no account.
    :raises WrongPassword: the old one is not right.
    :raises WeakPassword: the new one is not good enough.
    """
    account = queries.locked(by)
    require_password(account, old)
    _set_password(account, new, now=now, must_change=False)
    _devices(account, keep=keep_session).delete()
    end_tokens(account, at=real_now)
    journal.record("accounts.password_changed", subject_id=account.id, by=by, at=now)
    return account


@transaction.atomic(durable=True)
def reset_password(account_id: UUID, new: str, *, by: Actor, now: datetime, real_now: datetime) -> Account:
    """Give somebody's account a password for the next sign-in, which then asks for another; devices and keys end.

    :raises NotFound: no such account.
    :raises NotPermitted: ``by`` administers no organ where the person works.
    """
    account = _managed(account_id, by=by, now=now)
    _set_password(account, new, now=now, must_change=True)
    LoginSession.objects.filter(account=account).delete()
    end_tokens(account, at=real_now)
    journal.record("accounts.password_reset", subject_id=account.id, by=by, at=now)
    return account


@transaction.atomic(durable=True)
def lock_account(account_id: UUID, *, by: Actor, now: datetime, real_now: datetime) -> Account:
    """Close an account, end its devices and keys, at once; locking a locked one changes nothing but is on the record.

    :raises NotFound, NotPermitted: see :func:`reset_password`.
    """
    account = _managed(account_id, by=by, now=now)
    account.is_active = False
    account.save(update_fields=["is_active"])
    LoginSession.objects.filter(account=account).delete()
    end_tokens(account, at=real_now)
    journal.record("accounts.locked", subject_id=account.id, by=by, at=now)
    return account


@transaction.atomic(durable=True)
def unlock_account(account_id: UUID, *, by: Actor, now: datetime) -> Account:
    """Open a locked account again.

    :raises NotFound, NotPermitted: see :func:`reset_password`.
    """
    account = _managed(account_id, by=by, now=now)
    account.is_active = True
    account.save(update_fields=["is_active"])
    journal.record("accounts.unlocked", subject_id=account.id, by=by, at=now)
    return account


@transaction.atomic(durable=True)
def revoke_sessions(
    *, by: Actor, now: datetime, real_now: datetime, only: UUID | None = None, keep: UUID | None = None
) -> int:
    """Sign out devices of the own account: ``only`` one, or all but the one to ``keep`` (ids that pages show).

    With all, the keys of programs end too: whoever sat at a lost device may have made one.

    :returns: how many were signed out.
    :raises NotFound: the account has no such device.
    """
    account = queries.locked(by)
    devices = _devices(account).filter(public_id=only) if only else _devices(account, keep=keep)
    count, _details = devices.delete()
    if only and not count:
        raise NotFound
    if not only:
        end_tokens(account, at=real_now)
    journal.record("accounts.sessions_revoked", subject_id=account.id, by=by, at=now, count=count)
    return count


@transaction.atomic(durable=True)
def note_sign_out(*, by: Actor, now: datetime) -> None:
    """Put the end of a session on the record; the session itself is the caller's to flush."""
    account = queries.locked(by)
    journal.record("accounts.signed_out", subject_id=account.id, by=by, at=now)


def _devices(account: Account, *, keep: UUID | None = None) -> QuerySet[LoginSession]:
    devices = LoginSession.objects.filter(account=account)
    return devices.exclude(public_id=keep) if keep else devices


def _managed(account_id: UUID, *, by: Actor, now: datetime) -> Account:
    account = Account.objects.select_for_update().filter(id=account_id).first()
    if account is None:
        raise NotFound
    permissions.MANAGE.require(by, queries.organs_of_person(account.person_id, on=day_of(now)))
    return account


def _set_password(account: Account, new: str, *, now: datetime, must_change: bool) -> None:
    account.password = make_password(passwords.checked(new, username=account.username))
    account.must_change_password, account.password_changed_at = must_change, now
    account.save(update_fields=["password", "must_change_password", "password_changed_at"])
