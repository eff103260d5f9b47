"""The shell's own pages that are more than a template."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from resources.finder.cards import add_phones
from resources.models import Evidence, Resource

PRIVATE = ("/admin/", "/work/", "/account/", "/report/", "/suggest/", "/verify/", "/conditions/suggest/")
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {path}\n" for path in PRIVATE) + "\nSitemap: {}\n"


def health(request):
    """Whether the site and its database answer; for a load balancer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def robots(request):
    return HttpResponse(ROBOTS.format(request.build_absolute_uri("/sitemap.xml")), content_type="text/plain")


def spanish(request):
    """A page in Spanish that leads to listings in Spanish."""
    listings = list(Resource.objects.published().filter(terms__vocabulary="language", terms__slug="es").order_by("name"))
    add_phones(listings)
    speaking = [(one, phone) for one in listings for phone in one.public_phones if "es" in phone.languages and phone.type == "voice"]
    return render(request, "es.html", {"phones": speaking, "count": len(listings), "page_lang": "es"})


def components(request):
    """The gallery of shared pieces, for those who build the site."""
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404
    from resources.reports import ReportForm

    broken = ReportForm({})
    broken.is_valid()
    listings = list(Resource.objects.published()[:3])
    add_phones(listings)
    context = {"listings": listings, "broken": broken, "levels": Evidence.Level.choices}
    return render(request, "components/gallery.html", context)
