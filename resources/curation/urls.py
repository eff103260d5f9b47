"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import home
from .desk import history, page
from .listings import saved, views

WORK = [
    path("", home.home, name="work"),
    path("listings/", views.listings, name="listings"),
    path("listings/chosen/", views.chosen, name="listings_chosen"),
    path("listings/views/", saved.keep, name="saved_view_new"),
    path("listings/views/<int:pk>/", saved.view, name="saved_view"),
    path("listings/<int:pk>/", page.desk, name="desk"),
    path("listings/<int:pk>/preview/", page.preview, name="listing_preview"),
    path("listings/<int:pk>/history/", history.history, name="listing_history"),
    path("listings/<int:pk>/history/<int:number>/", history.revision, name="listing_revision"),
]
