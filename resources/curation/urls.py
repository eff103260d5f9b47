"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .duplicates import views as duplicates

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("duplicates/", duplicates.queue, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.compare, name="compare"),
    path("duplicates/merges/<int:pk>/undo/", duplicates.undo, name="unmerge"),
]
