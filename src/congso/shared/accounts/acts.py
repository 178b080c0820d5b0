"""What the acts on accounts are called in a history."""

from django.utils.translation import gettext_lazy as _

from congso.shared.journal import acts

acts.register("accounts.created", _("lập tài khoản"))
acts.register("accounts.signed_in", _("đăng nhập"))
acts.register("accounts.signed_out", _("đăng xuất"))
acts.register("accounts.password_changed", _("đổi mật khẩu"))
acts.register("accounts.password_reset", _("đặt lại mật khẩu"))
acts.register("accounts.locked", _("khóa tài khoản"))
acts.register("accounts.unlocked", _("mở khóa tài khoản"))
acts.register("accounts.sessions_revoked", _("đăng xuất %(count)d thiết bị khác"))
acts.register("accounts.token_made", _("lập khóa API cho chương trình, dùng %(days)d ngày"))
acts.register("accounts.token_revoked", _("thu hồi một khóa API"))
acts.register("accounts.rights_lent", _("ủy quyền sử dụng hệ thống đến hết ngày %(last)s"))
acts.register("accounts.rights_returned", _("chấm dứt ủy quyền sử dụng hệ thống"))
