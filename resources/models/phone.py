import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from .lines import LinesField
from .resource import Resource
from .source import Source

KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")  # letters stand for keys, as on a telephone
_RUN = re.compile(r"[0-9(][0-9A-Z() ./\u2010-\u2013-]*")


def keys_of(number):
    """What one presses, by which two spellings of a number are equal: without the extension, and the country where it is the US.

    >>> keys_of("1-800-4-AUTISM, ext. 5") == keys_of("+18004288476;ext=5")
    True
    """
    main = re.split(r"[\s,;]*(?:ext|x|#)", number, flags=re.IGNORECASE)[0]
    return re.sub(r"[^0-9]", "", main.upper().translate(KEYS))[-10:]


class PhoneQuerySet(models.QuerySet):
    def public(self):
        """Numbers that somebody saw on a page that we cite, and that nobody found dead since; the others stay with the curators."""
        return self.filter(source__isnull=False, dead_on=None)


class Phone(models.Model):
    class Type(models.TextChoices):
        VOICE = "voice", _("Call")
        TEXT = "text", _("Text")
        TTY = "tty", _("TTY")
        FAX = "fax", _("Fax")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=200)
    label = models.CharField(max_length=500, blank=True)
    type = models.CharField(max_length=5, choices=Type, default=Type.VOICE)
    languages = LinesField()
    hours = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, help_text=_("Without one the number is hidden from families.")
    )
    dead_on = models.DateField(
        null=True, blank=True, editable=False, help_text=_("The day on which a caller found it dead: hidden from families since.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.number

    @property
    def is_public(self):
        return self.source_id is not None and self.dead_on is None

    def is_named_in(self, text):
        """Whether a text tells to call it, in whatever spelling."""
        own, runs = keys_of(self.number), [re.sub(r"[^0-9]", "", run.translate(KEYS)) for run in _RUN.findall(text)]
        return any(own == run or (len(own) >= 7 and own in run) for run in runs)
