from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "congso.shared.files"
    label = "files"
