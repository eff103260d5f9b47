"""People: their names and role. Inviting, links, deactivation and a lost second step have pages of their own (`resources/people`)."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, User
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import SignIn
from ..people import accounts
from ..people.forms import OneSpelling


class PersonForm(OneSpelling, UserChangeForm):
    pass


class SignInInline(admin.TabularInline):
    model = SignIn
    fields = ["at", "succeeded", "how"]
    readonly_fields = ["at", "succeeded", "how"]
    verbose_name_plural = _("last 20 sign-ins")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        person = request.resolver_match.kwargs.get("object_id")
        newest = SignIn.objects.filter(user_id=person).order_by("-at").values("pk")[:20]
        return super().get_queryset(request).filter(pk__in=list(newest.values_list("pk", flat=True)))


for model in (User, Group, EmailAddress, Authenticator, UserSession):  # roles are a table in code; nobody reads another's secrets
    admin.site.unregister(model)


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "last_login"]
    form = PersonForm
    fieldsets = [
        (None, {"fields": ("username", "first_name", "last_name", "email")}),
        (_("Role"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    ]
    readonly_fields = ["is_active", "last_login", "date_joined"]
    inlines = [SignInInline]
    actions = ["deactivate", "reactivate"]

    def get_urls(self):
        """Without Django's page on which the staff would set somebody's password."""
        return [one for one in super().get_urls() if one.name != "auth_user_password_change"]

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people & accounts.visible(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        return redirect("invite")

    def view_on_site(self, person):
        return reverse("person", args=[person.pk])

    @admin.display(description=_("role"))
    def role(self, person):
        return ", ".join(group.name for group in person.groups.all()) or ("–" if not person.is_superuser else _("Superuser"))

    @admin.action(description=_("Deactivate: can no longer sign in"), permissions=["change"])
    def deactivate(self, request, queryset):
        _each(request, queryset, accounts.deactivate)

    @admin.action(description=_("Reactivate"), permissions=["change"])
    def reactivate(self, request, queryset):
        _each(request, queryset, accounts.reactivate)


def _each(request, people, carry_out):
    done = 0
    for person in people:
        try:
            carry_out(person=person, by=request.user)
            done += 1
        except accounts.Refused as why:
            messages.error(request, f"{person}: {why}")
    if done:
        messages.success(request, ngettext("%(n)d person changed.", "%(n)d people changed.", done) % {"n": done})
