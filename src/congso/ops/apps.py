"""What the operation of an installation adds to it: its own jobs and its checks for the doctor."""

from importlib import import_module

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "congso.ops"
    label = "ops"

    def ready(self) -> None:
        import_module("congso.ops.examinations").register()
