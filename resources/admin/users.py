"""People: invited by a link, given a role, deactivated; never deleted, since the history names them."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.html import format_html
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..models import SignIn


class InviteForm(forms.ModelForm):
    """A new person has no password: the invitation's link lets them choose one."""

    role = forms.ModelChoiceField(Group.objects.order_by("pk"), label=_("Role"), help_text=_("What they may do."))

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email"]

    def save(self, commit=True):
        person = super().save(commit=False)
        person.set_unusable_password()
        person.is_staff = True
        if commit:
            person.save()
        return person

    def _save_m2m(self):
        super()._save_m2m()
        self.instance.groups.set([self.cleaned_data["role"]])


class SignInInline(admin.TabularInline):
    model = SignIn
    fields = ["at", "succeeded"]
    readonly_fields = ["at", "succeeded"]
    verbose_name_plural = _("last 20 sign-ins")
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        person = request.resolver_match.kwargs.get("object_id")
        newest = SignIn.objects.filter(user_id=person).order_by("-at").values("pk")[:20]
        return super().get_queryset(request).filter(pk__in=list(newest.values_list("pk", flat=True)))


admin.site.unregister(User)
admin.site.unregister(Group)  # roles are a table in code: nobody widens their own


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "last_login"]
    add_form = InviteForm
    add_fieldsets = [(None, {"fields": ("username", "first_name", "last_name", "email", "role")})]
    fieldsets = [
        (None, {"fields": ("username", "first_name", "last_name", "email", "password")}),
        (_("Role"), {"fields": ("groups", "is_active")}),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    ]
    readonly_fields = ["last_login", "date_joined"]
    inlines = [SignInInline]
    actions = ["deactivate", "reactivate", "invite_again"]

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("role"))
    def role(self, person):
        return ", ".join(group.name for group in person.groups.all()) or ("–" if not person.is_superuser else _("Superuser"))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            self._show_link(request, form.instance)

    @admin.action(description=_("Deactivate: can no longer sign in"), permissions=["change"])
    def deactivate(self, request, queryset):
        others = queryset.exclude(pk=request.user.pk)
        if others.count() < queryset.count():
            messages.error(request, _("You cannot deactivate yourself. Ask somebody else on the staff."))
        count = others.update(is_active=False)
        messages.success(request, ngettext("%(n)d person deactivated.", "%(n)d people deactivated.", count) % {"n": count})

    @admin.action(description=_("Reactivate"), permissions=["change"])
    def reactivate(self, request, queryset):
        count = queryset.update(is_active=True)
        messages.success(request, ngettext("%(n)d person reactivated.", "%(n)d people reactivated.", count) % {"n": count})

    @admin.action(description=_("Make a new invitation link"), permissions=["change"])
    def invite_again(self, request, queryset):
        for person in queryset.filter(is_active=True):
            if person.has_usable_password():
                messages.error(request, _("%(name)s has a password already: nobody else may set it.") % {"name": person})
            else:
                self._show_link(request, person)

    def _show_link(self, request, person):
        """The link is shown once, to hand over in person or by a way you trust; it ends when it is used, or after three days."""
        key = {"uidb64": urlsafe_base64_encode(force_bytes(person.pk)), "token": default_token_generator.make_token(person)}
        link = request.build_absolute_uri(reverse("password_reset_confirm", kwargs=key))
        text = _("Give %(name)s this link to choose a password. It works once, for three days:") % {"name": person.get_username()}
        messages.info(request, format_html('{} <a href="{}">{}</a>', text, link, link))
