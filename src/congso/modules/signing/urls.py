from django.urls import path

from congso.modules.signing import views

app_name = "signing"
urlpatterns = [
    path("xac-nhan/<str:kind>/", views.confirm, name="confirm"),
    path("luot/<uuid:request_id>/", views.progress, name="progress"),
    path("kiem-tra/<str:kind>/<uuid:subject_id>/", views.report, name="report"),
]
