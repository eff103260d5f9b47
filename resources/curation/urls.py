"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .condition_pages import desk as condition_desk
from .condition_pages import editing, listing

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("conditions/", listing.conditions, name="condition_work"),
    path("conditions/<slug:slug>/", condition_desk.desk, name="condition_desk"),
    path("conditions/<slug:slug>/edit/", editing.edit, name="condition_edit"),
    path("conditions/<slug:slug>/preview/", condition_desk.preview, name="condition_preview"),
    path("new-condition/", editing.new, name="condition_new"),
]
