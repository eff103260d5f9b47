"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .incoming import deciding, queue

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("incoming/", queue.proposals, name="proposals"),
    path("incoming/<int:pk>/", deciding.decide, name="proposal"),
]
