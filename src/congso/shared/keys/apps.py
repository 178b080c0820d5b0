from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KeysConfig(AppConfig):
    name = "congso.shared.keys"
    label = "keys"

    def ready(self) -> None:
        acts = import_module("congso.shared.journal.acts")
        acts.register("keys.enrolled", _("cấp chứng thư tập huấn"))
        acts.register("keys.made", _("tạo xong khóa ký"))
        acts.register("keys.revoked", _("thu hồi chứng thư"))
        acts.register("keys.pin_changed", _("đổi mã PIN"))
        acts.register("keys.pin_refused", _("nhập sai mã PIN, còn %(tries_left)s lần"))
        sealing = import_module("congso.shared.keys.sealing")
        import_module("congso.shared.journal.sealing").set_signer(sealing.sign_seal, check=sealing.check_seal)
        import_module("congso.shared.checkup").register(import_module("congso.shared.keys.examination").CHECK)
