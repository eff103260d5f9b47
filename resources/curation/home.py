"""Where a working day begins."""

from django.shortcuts import render

from ..doors import only
from ..models.roles import May


@only(May.EDIT)
def home(request):
    return render(request, "work/home.html")
