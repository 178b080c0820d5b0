from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congso.shared.journal import acts


class NumberingConfig(AppConfig):
    name = "congso.shared.numbering"
    label = "numbering"

    def ready(self) -> None:
        acts.register("numbering.cancelled", _("hủy số %(number)s"))
