"""All about one listing on one page: what it says, its state, who asked, what came in."""

from django.shortcuts import get_object_or_404, render

from ..doors import only
from ..models import Resource
from ..models.roles import May


@only(May.EDIT)
def desk(request, pk):
    return render(request, "work/desk/desk.html", {"listing": get_object_or_404(Resource, pk=pk)})
