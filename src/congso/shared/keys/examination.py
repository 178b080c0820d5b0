"""What the doctor asks of keys: whether the master key opens them."""

from django.utils.translation import gettext as _

from congso.shared.checkup import Check, Finding, State
from congso.shared.keys import masterkey
from congso.shared.keys.models import Key, KeyState


def keys_open() -> Finding:
    """Open the newest sealed key."""
    newest = Key.objects.filter(state=KeyState.ACTIVE, sealed__isnull=False).order_by("-id").first()
    if newest is None or newest.sealed is None:
        return Finding(State.GOOD, _("Chưa có khóa ký nào"))
    try:
        masterkey.unseal(bytes(newest.sealed), about=newest.id)
    except masterkey.MasterKeyMismatch:
        return Finding(
            State.BAD,
            _("Tệp keys.master không mở được khóa ký trong cơ sở dữ liệu, nên chưa ký được"),
            _("Đưa lại tệp keys.master của bản sao lưu cùng lúc với cơ sở dữ liệu này vào thư mục dữ liệu."),
        )
    return Finding(State.GOOD, _("Khóa ký mở được"))


CHECK = Check("keys.master", "Khóa ký", keys_open)
