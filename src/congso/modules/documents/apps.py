"""Join the registries: figures, signables, history, search, work, navigation; listen to signatures."""

from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "congso.modules.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        import_module("congso.modules.documents.joining").join()
