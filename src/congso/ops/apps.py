"""What the operation of an installation adds to it: its own jobs and its checks for the doctor."""

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class OpsConfig(AppConfig):
    name = "congso.ops"
    label = "ops"

    def ready(self) -> None:
        import_module("congso.ops.examinations").register()
        if settings.CONGSO_DEMO:
            demo = import_module("congso.shared.ui.demo")
            demo.register_roles(import_module("congso.ops.demo.door").roles)
            for step in import_module("congso.ops.demo.steps").steps():
                demo.register_step(step)
