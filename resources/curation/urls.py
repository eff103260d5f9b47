"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import done, home, team
from .checking import requests
from .checking import views as checking
from .condition_pages import desk as condition_desk
from .condition_pages import editing, listing
from .desk import history, page
from .duplicates import views as duplicates
from .editor import views as editor
from .incoming import deciding, queue
from .links import views as link_views
from .listings import saved
from .listings import views as listings
from .queues import views as queues
from .spreadsheets import columns
from .spreadsheets import views as spreadsheets

WORK = [
    path("", home.home, name="work"),
    path("done/", done.done, name="done"),
    path("status/", team.team, name="team"),
    path("queues/leave/", queues.leave, name="queue_leave"),
    path("queues/<slug:key>/", queues.queue, name="queue"),
    path("queues/<slug:key>/next/", queues.next_item, name="queue_next"),
    path("queues/<slug:key>/<int:pk>/", queues.item, name="queue_item"),
    path("listings/", listings.listings, name="listings"),
    path("listings/chosen/", listings.chosen, name="listings_chosen"),
    path("listings/views/", saved.keep, name="saved_view_new"),
    path("listings/views/<int:pk>/", saved.view, name="saved_view"),
    path("listings/<int:pk>/", page.desk, name="desk"),
    path("listings/<int:pk>/preview/", page.preview, name="listing_preview"),
    path("listings/<int:pk>/history/", history.history, name="listing_history"),
    path("listings/<int:pk>/history/<int:number>/", history.revision, name="listing_revision"),
    path("incoming/", queue.proposals, name="proposals"),
    path("incoming/<int:pk>/", deciding.decide, name="proposal"),
    path("duplicates/", duplicates.queue, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.compare, name="compare"),
    path("duplicates/merges/<int:pk>/undo/", duplicates.undo, name="unmerge"),
    path("listings/<int:pk>/edit/", editor.listing_edit, name="listing_edit"),
    path("listings/new/", editor.listing_new, name="listing_new"),
    path("listings/new/<slug:kind>/", editor.listing_create, name="listing_create"),
    path("listings/<int:pk>/check/", checking.check, name="listing_check"),
    path("listings/<int:pk>/ask/", requests.ask, name="ask_provider"),
    path("listings/<int:pk>/links/", link_views.ask_of_listing, name="listing_links"),
    path("links/", link_views.links, name="links"),
    path("links/run/", link_views.run, name="links_run"),
    path("requests/", requests.requests, name="check_requests"),
    path("requests/<int:pk>/<slug:verb>/", requests.act, name="check_request_act"),
    path("spreadsheets/", spreadsheets.spreadsheets, name="spreadsheets"),
    path("spreadsheets/template.<str:form>", spreadsheets.template, name="spreadsheet_template"),
    path("spreadsheets/<int:pk>/", spreadsheets.spreadsheet, name="spreadsheet"),
    path("spreadsheets/<int:pk>/columns/", columns.columns, name="spreadsheet_columns"),
    path("spreadsheets/<int:pk>/progress/", spreadsheets.progress, name="spreadsheet_progress"),
    path("spreadsheets/<int:pk>/discard/", spreadsheets.discard, name="spreadsheet_discard"),
    path("spreadsheets/<int:pk>/bad.csv", spreadsheets.bad_rows, name="spreadsheet_bad_rows"),
    path("spreadsheets/<int:pk>/report.<str:form>", spreadsheets.report, name="spreadsheet_report"),
    path("conditions/", listing.conditions, name="condition_work"),
    path("conditions/<slug:slug>/", condition_desk.desk, name="condition_desk"),
    path("conditions/<slug:slug>/edit/", editing.edit, name="condition_edit"),
    path("conditions/<slug:slug>/preview/", condition_desk.preview, name="condition_preview"),
    path("new-condition/", editing.new, name="condition_new"),
]
