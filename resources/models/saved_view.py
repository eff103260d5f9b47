from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet):
    def seen_by(self, person):
        """A person's own views, and what editors share with everybody."""
        return self.filter(Q(owner=person) | Q(shared=True))


class SavedView(models.Model):
    """Filters of the list of listings under a name: “My overdue housing”. `query`: the list's own address parameters."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    shared = models.BooleanField(_("share with everybody"), default=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="saved_view_once", violation_error_message=_("You have a view of this name already.")
            )
        ]

    def __str__(self):
        return self.name
