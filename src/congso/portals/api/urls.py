from django.urls import path

from congso.portals.api.site import API, routes
from congso.portals.api.views import openapi

app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *routes(API)]
