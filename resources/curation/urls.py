"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
]
