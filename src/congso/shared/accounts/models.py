"""Accounts, the sessions of their devices, attempts to sign in, and rights handed over for a period."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import DateRangeField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from congso.kernel.ids import new_id
from congso.shared.people.models import Person, Position


class Account(AbstractBaseUser):
    """By what a person signs in. A locked account keeps its history and opens nothing."""

    last_login = None  # the sessions say it

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account", verbose_name=_("người"))
    username = models.CharField(_("tên đăng nhập"), max_length=64)
    is_active = models.BooleanField(_("đang hoạt động"), default=True)
    must_change_password = models.BooleanField(_("phải đổi mật khẩu"), default=False)
    created_at = models.DateTimeField(_("lập lúc"))
    password_changed_at = models.DateTimeField(_("đổi mật khẩu lúc"))

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.UniqueConstraint(name="account_name_is_unique", fields=["username"]),
            models.CheckConstraint(
                name="account_name_is_plain_lower_case", condition=Q(username__regex=r"^[a-z0-9][a-z0-9._-]{2,63}$")
            ),
        ]

    def __str__(self) -> str:
        return self.username


class LoginSession(AbstractBaseSession):
    """A browser's session, with the account that signed in there; all moments are real time.

    ``session_key`` is a secret; ``public_id`` is what pages may show.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="sessions", null=True)
    address = models.GenericIPAddressField(_("địa chỉ mạng"), null=True)
    user_agent = models.CharField(_("trình duyệt"), max_length=300, blank=True, default="")
    signed_in_at = models.DateTimeField(_("đăng nhập lúc"), null=True)
    last_seen_at = models.DateTimeField(_("dùng gần nhất lúc"), null=True)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(
                name="session_of_an_account_says_since_when",
                condition=Q(account=None) | Q(signed_in_at__isnull=False, last_seen_at__isnull=False),
            )
        ]

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from congso.shared.accounts.sessions import SessionStore  # noqa: PLC0415 - the store needs this model

        return SessionStore


class ApiToken(models.Model):
    """A program's key: it acts as one position of its account and ends with it; all moments are real time.

    Only its digest is kept; ``hint`` are its last letters, by which its owner knows it again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(_("tên chương trình"), max_length=80)
    digest = models.CharField(max_length=64)
    hint = models.CharField(max_length=8)
    created_at = models.DateTimeField(_("lập lúc"))
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    last_used_at = models.DateTimeField(_("dùng gần nhất lúc"), null=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True)
    # How often it was used in that minute.
    minute = models.DateTimeField(null=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="token_is_unique", fields=["digest"]),
            models.CheckConstraint(name="token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="token_ends_after_its_beginning", condition=Q(expires_at__gt=F("created_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"


class AttemptOutcome(models.TextChoices):
    FAILED = "failed", _("không đúng")
    SUCCEEDED = "succeeded", _("thành công")
    REFUSED = "refused", _("bị từ chối vì quá nhiều lần")


class LoginAttempt(models.Model):
    """One try to sign in, in real time; it counts as failed until the password proved right."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=64)
    address = models.GenericIPAddressField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=AttemptOutcome, default=AttemptOutcome.FAILED)

    class Meta:
        indexes = [
            models.Index(name="attempts_on_an_account", fields=["username", "at"]),
            models.Index(name="attempts_from_an_address", fields=["address", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.outcome} {self.at:%Y-%m-%d %H:%M:%S}"


class RightsDelegation(models.Model):
    """The role of one position lent to another for a period (a clerk on leave): rights in this system, not signing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_position = models.ForeignKey(Position, models.PROTECT, related_name="rights_lent")
    to_position = models.ForeignKey(Position, models.PROTECT, related_name="rights_borrowed")
    reason = models.CharField(_("lý do"), max_length=300)
    valid = DateRangeField(_("thời hạn"))
    revoked_at = models.DateTimeField(_("chấm dứt lúc"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="rights_delegation_is_limited_in_time",
                condition=Q(valid__lower_inf=False, valid__upper_inf=False, valid__isempty=False),
            ),
            models.CheckConstraint(name="rights_delegation_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="rights_are_lent_to_another", condition=~Q(from_position=F("to_position"))),
        ]
        indexes = [models.Index(name="rights_borrowed", fields=["to_position"])]

    def __str__(self) -> str:
        return f"{self.from_position_id} > {self.to_position_id}"
