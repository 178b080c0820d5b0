"""Join the registries: figures, signables, notices, work, navigation, search."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "congso.modules.documents"
    label = "documents"
    verbose_name = "Văn bản"
