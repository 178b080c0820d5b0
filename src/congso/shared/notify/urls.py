from django.urls import path

from congso.shared.notify import views

app_name = "notify"
urlpatterns = [
    path("", views.list_notices, name="list"),
    path("da-doc/", views.read_all, name="read_all"),
    path("<uuid:notice_id>/", views.open_notice, name="open"),
]
