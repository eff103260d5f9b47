"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .editor import views as editor

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("listings/<int:pk>/edit/", editor.listing_edit, name="listing_edit"),
    path("listings/new/", editor.listing_new, name="listing_new"),
    path("listings/new/<slug:kind>/", editor.listing_create, name="listing_create"),
]
