"""The rooms of the workspace, on each of its pages."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext_lazy as later

from ..models.roles import May

register = template.Library()
ROOMS = [
    ("work", later("My day"), May.EDIT),
    ("listings", later("Listings"), May.EDIT),
    ("proposals", later("Incoming"), May.EDIT),
    ("duplicates", later("Duplicates"), May.EDIT),
    ("check_requests", later("Asked"), May.EDIT),
    ("spreadsheets", later("Spreadsheets"), May.EDIT),
    ("condition_work", later("Conditions"), May.EDIT),
    ("people", later("People"), May.INVITE),
    ("account", later("Your account"), None),
]


@register.inclusion_tag("work/rooms.html", takes_context=True)
def rooms(context):
    """`rooms`: `(address, label, current)`. A page within a room marks the room; one of no other belongs to the day."""
    path, user = context["request"].path, context["user"]
    seen = [(reverse(name), label) for name, label, may in ROOMS if may is None or user.has_perm(may.name_in_full)]
    here = max((address for address, _label in seen if path.startswith(address)), key=len, default="")
    marks = {here: "page" if here == path else "true"}
    return {
        "rooms": [(address, label, marks.get(address)) for address, label in seen],
        "here": next((label for address, label in seen if address == here), ""),
        "user": user,
        "csrf_token": context["csrf_token"],
    }
