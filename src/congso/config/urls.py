"""The root of all addresses: one line per module or portal."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("congso.portals.desk.urls")),
    path("so-lieu/", include("congso.portals.overseer.urls")),
    path("van-ban/", include("congso.modules.documents.urls")),
    path("ky-so/", include("congso.modules.signing.urls")),
    path("tai-khoan/", include("congso.shared.accounts.urls")),
    path("api/v1/", include("congso.portals.api.urls")),
    path("thong-bao/", include("congso.shared.notify.urls")),
]

handler400 = "congso.shared.ui.errors.bad_request"
handler403 = "congso.shared.ui.errors.forbidden"
handler404 = "congso.shared.ui.errors.not_found"
handler500 = "congso.shared.ui.errors.server_error"
