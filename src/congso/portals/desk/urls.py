from django.urls import path

from congso.portals.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.front, name="front"),
    path("viec/", views.home, name="home"),
    path("tim/", views.search, name="search"),
    path("ngay/", views.day, name="day"),
    path("muc-luc/", views.menu, name="menu"),
    path("cach-doc/", views.prefer, name="prefer"),
    path("thu-viec-nay/", views.tour, name="tour"),
    path("dung-duoc-cho-moi-nguoi/", views.accessibility, name="accessibility"),
    path("suc-khoe/", views.health, name="health"),
]
