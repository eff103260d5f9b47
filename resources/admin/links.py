"""Links in the admin: first those that failed on three different days, with the listings to mend."""

from django.contrib import admin
from django.db.models import Exists, OuterRef, Prefetch
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from ..models import Link, LinkUse, Revision
from .records import ReadOnly

admin.site.unregister(DBTaskResult)  # what people need of it is told at /work/links/

BROKEN, ALL = "broken", "all"


class StateFilter(admin.SimpleListFilter):
    """Without a choice: the broken ones, since those are the work."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            (BROKEN, _("Broken: failed on three days")),
            ("failing", _("Failing, not yet on three days")),
            ("unknown", _("Could not be checked")),
            ("moved", _("Works, but has moved")),
            ("works", _("Works")),
            ("new", _("Not asked yet")),
            (ALL, _("All")),
        ]

    def value(self):
        return super().value() or BROKEN

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]  # "All" is one of ours, at the end

    def queryset(self, request, queryset):
        match self.value():
            case "all":
                return queryset
            case "failing":
                return queryset.filter(days_failed__gt=0).exclude(pk__in=Link.objects.broken().values("pk"))
            case "moved":
                return queryset.filter(result=Link.Result.WORKS).exclude(final_address="")
            case "unknown" | "works" | "new" as result:
                return queryset.filter(result=result)
        return queryset.broken()


class UseFilter(admin.SimpleListFilter):
    title = _("where it stands")
    parameter_name = "place"

    def lookups(self, request, model_admin):
        return LinkUse.Place.choices

    def queryset(self, request, queryset):
        return queryset.filter(Exists(LinkUse.objects.filter(link=OuterRef("pk"), place=self.value()))) if self.value() else queryset


@admin.register(Link)
class LinkAdmin(ReadOnly):
    list_display = ["leads", "trouble", "used_by"]
    list_display_links = None
    list_filter = [StateFilter, UseFilter]
    search_fields = ["address"]
    search_help_text = _("Part of the address")
    show_full_result_count = False
    list_per_page = 50
    fields = readonly_fields = ("leads", "result", "trouble", "checked_at", "next_on", "used_by")

    def get_queryset(self, request):
        edited = Revision.objects.filter(resource=OuterRef("resource"), at__gt=OuterRef("link__checked_at"))
        uses = LinkUse.objects.select_related("resource", "condition").annotate(edited_since=Exists(edited)).order_by("pk")
        return super().get_queryset(request).prefetch_related(Prefetch("uses", uses))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Where families are sent"), **(extra_context or {})})

    @admin.display(description=_("address"), ordering="address")
    def leads(self, link):
        return render_to_string("admin/resources/link.html", {"link": link})

    @admin.display(description=_("what is wrong"), ordering="failing_since")
    def trouble(self, link):
        return render_to_string("admin/resources/link_trouble.html", {"link": link})

    @admin.display(description=_("stands on"))
    def used_by(self, link):
        return render_to_string("admin/resources/link_uses.html", {"uses": link.uses.all()})
