from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from congso.shared.ui import navigation


class OverseerConfig(AppConfig):
    name = "congso.portals.overseer"
    label = "overseer"

    def ready(self) -> None:
        navigation.register(
            navigation.Entry(
                group="figures",
                label=_("Văn bản và ký số"),
                url_name="overseer:board",
                views=("overseer:",),
                visible=lambda actor: actor.organ_id is not None,
            )
        )
