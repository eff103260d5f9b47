"""Why a verb was not carried out: each message says what to do."""

from django.utils.translation import gettext as _


class Refused(Exception):
    """A verb was not carried out; the message says why and what to do."""


class NotAllowed(Refused):
    pass


class WrongStep(Refused):
    pass


class Stale(Refused):
    """Somebody else saved in between."""


class Incomplete(Refused):
    """What is missing, one sentence each, is in `lacks`."""

    def __init__(self, lacks):
        self.lacks = lacks
        super().__init__(_("It cannot be published yet: %(lacks)s.") % {"lacks": "; ".join(lacks)})
