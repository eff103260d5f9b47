"""What holds for every page of those who sign in."""

from django.conf import settings
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

WORK = ("/admin/", "/work/")


class WorkMiddleware:
    """Whoever has no second step at sign-in sets one up before any work; and no browser keeps a page of theirs."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith((*WORK, "/account/")):
            return self.get_response(request)
        response = _to_set_up(request) or self.get_response(request)
        add_never_cache_headers(response)
        return response


def _to_set_up(request):
    if not (settings.SECOND_FACTOR and request.path_info.startswith(WORK) and request.user.is_authenticated):
        return None
    if request.user.has_second_factor:
        request.session.pop("wanted", None)
        return None
    if request.method == "GET":
        request.session["wanted"] = request.get_full_path()  # where the recovery codes and the keys lead on to
    return redirect("mfa_index")
