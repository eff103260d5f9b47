"""The social workers' workspace, below `/work/`: one list of its addresses, a room's views each."""

from django.urls import path

from . import desk, done, home, team
from .queues import views as queues

WORK = [
    path("", home.home, name="work"),
    path("done/", done.done, name="done"),
    path("status/", team.team, name="team"),
    path("queues/leave/", queues.leave, name="queue_leave"),
    path("queues/<slug:key>/", queues.queue, name="queue"),
    path("queues/<slug:key>/next/", queues.next_item, name="queue_next"),
    path("queues/<slug:key>/<int:pk>/", queues.item, name="queue_item"),
    path("listings/<int:pk>/", desk.desk, name="desk"),
]
