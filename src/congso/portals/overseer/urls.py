from django.urls import path

from congso.portals.overseer import views

app_name = "overseer"
urlpatterns = [
    path("", views.board, name="board"),
    path("the/", views.cards, name="cards"),
    path("<slug:figure>/<slug:part>/", views.opened, name="opened"),
]
