from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congso.shared.ui import navigation


class DeskConfig(AppConfig):
    name = "congso.portals.desk"
    label = "desk"

    def ready(self) -> None:
        navigation.register(
            navigation.Entry(group="work", label=_("Việc của tôi"), url_name="desk:home", order=0, badge="work")
        )
