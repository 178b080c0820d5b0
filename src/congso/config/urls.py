"""The root of all addresses: one line per module or portal."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("congso.portals.desk.urls")),
    path("tai-khoan/", include("congso.shared.accounts.urls")),
]
