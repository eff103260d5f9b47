"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, home
from .spreadsheets import columns
from .spreadsheets import views as spreadsheets

WORK = [
    path("", home.home, name="work"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
    path("spreadsheets/", spreadsheets.spreadsheets, name="spreadsheets"),
    path("spreadsheets/template.<str:form>", spreadsheets.template, name="spreadsheet_template"),
    path("spreadsheets/<int:pk>/", spreadsheets.spreadsheet, name="spreadsheet"),
    path("spreadsheets/<int:pk>/columns/", columns.columns, name="spreadsheet_columns"),
    path("spreadsheets/<int:pk>/progress/", spreadsheets.progress, name="spreadsheet_progress"),
    path("spreadsheets/<int:pk>/discard/", spreadsheets.discard, name="spreadsheet_discard"),
    path("spreadsheets/<int:pk>/bad.csv", spreadsheets.bad_rows, name="spreadsheet_bad_rows"),
    path("spreadsheets/<int:pk>/report.<str:form>", spreadsheets.report, name="spreadsheet_report"),
]
