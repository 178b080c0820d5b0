from django.urls import path

from congso.shared.accounts import token_views, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.login, name="login"),
    path("dang-xuat/", views.logout, name="logout"),
    path("vao-vai/", views.demo_login, name="demo_login"),
    path("tu-cach/", views.hat, name="hat"),
    path("thiet-bi/", views.devices, name="sessions"),
    path("thiet-bi/<uuid:device_id>/dang-xuat/", views.revoke_device, name="revoke_session"),
    path("thiet-bi/khac/dang-xuat/", views.revoke_others, name="revoke_other_sessions"),
    path("khoa-api/", token_views.listed, name="tokens"),
    path("khoa-api/<uuid:token_id>/thu-hoi/", token_views.revoke, name="revoke_token"),
    path("mat-khau/", views.password, name="password"),
]
