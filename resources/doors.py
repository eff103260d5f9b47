"""Who may open a page of the workspace."""

from django.contrib.auth.decorators import login_required, permission_required


def only(may):
    """For a view: only those who hold a permission; whoever has not signed in is led to do so."""
    return lambda view: login_required(permission_required(may.name_in_full, raise_exception=True)(view))
