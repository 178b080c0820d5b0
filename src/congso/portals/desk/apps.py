from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congso.shared.accounts import demo as accounts_demo
from congso.shared.ui import navigation
from congso.shared.ui.demo import DEMO


class DeskConfig(AppConfig):
    name = "congso.portals.desk"
    label = "desk"

    def ready(self) -> None:
        navigation.register(
            navigation.Entry(group="work", label=_("Việc của tôi"), url_name="desk:home", order=0, badge="work")
        )
        accounts_demo.offer(_roles_of_the_door)


def _roles_of_the_door() -> list[UUID]:
    return [role.position_id for role in DEMO.roles()]
