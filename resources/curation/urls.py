"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .checking import requests
from .checking import views as checking

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("listings/<int:pk>/check/", checking.check, name="listing_check"),
    path("listings/<int:pk>/ask/", requests.ask, name="ask_provider"),
    path("requests/", requests.requests, name="check_requests"),
    path("requests/<int:pk>/<slug:verb>/", requests.act, name="check_request_act"),
]
