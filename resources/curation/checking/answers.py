"""What a listing says, as a form that begins with what it says now: for a caller who writes along, and for the provider itself."""

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions.editorial import OwnerKind
from conditions.files import Faulty

from ... import document as documents
from .. import sent

# Field of the document → what to call it, and the rows of its box; 0: a line.
ASKED = {
    "summary": (later("What it is, in a sentence or two"), 3),
    "first_step": (later("What a family does first"), 3),
    "eligibility": (later("Who can use it"), 3),
    "not_eligible": (later("Who cannot"), 2),
    "documents": (later("What to have ready, one thing a line"), 3),
    "fees": (later("What it costs"), 0),
    "waiting": (later("How long one waits"), 0),
    "service.schedule": (later("Days and hours"), 0),
    "website": (later("Website"), 0),
    "email": (later("E-mail"), 0),
    "alert": (later("What has changed lately, or is about to"), 0),
}
WRONG = {
    "website": later("Write the whole address, such as https://www.example.org/"),
    "email": later("Write an e-mail address, such as help@example.org"),
    "phones": later("Write a phone number, such as 1-800-555-0100 or 1-800-4-AUTISM, ext. 5. Words belong in another box."),
}
LINE, TEXT = 500, 20_000  # letters that the document holds


class Words(forms.CharField):
    """A browser ends lines with CR LF; a document with LF."""

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


def of(listing, form_class, data=None, **more):
    """The form of a listing; `data`: what was sent, written on the revision that it names; `more` is for the form.

    To be looked at, the latest revision says what the rows do, in one query; what is saved is built on the rows.
    """
    now = documents.now(listing)
    base = sent.number(data or {}, "base")
    earlier = documents.at(listing, base) if base not in (0, now.number) else None
    form = form_class(data, document=earlier or now.document, **more)
    form.seen, form.base = base if earlier else now.number, now.number
    form.listing = listing if data is not None else None
    form.fields["base"].initial = form.base
    return form


class AnswersForm(forms.Form):
    """`document`, `seen`: what the writer saw, and its revision. `now`, `base`: what the listing says by now; see `of`."""

    listing = None  # whose rows say what holds now; None: the document does
    confirm = later("They confirmed it: families may see it")
    base = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.document, values = document, documents.fields(document)
        self.names = {name.replace(".", "_"): name for name in ASKED if name in values}
        for own, name in self.names.items():
            self.fields[own] = self._field(name, values[name])
            if name in document.unconfirmed:
                self.fields[f"{own}_confirmed"] = forms.BooleanField(label=self.confirm, required=False)
        for number, phone in enumerate(document.phones):
            label = _("Phone: %(label)s") % {"label": phone.label} if phone.label else _("Phone")
            self.fields[f"phone_{number}"] = Words(label=label, max_length=200, initial=phone.number, required=False)
            if not phone.source:
                self.fields[f"phone_{number}_confirmed"] = forms.BooleanField(label=self.confirm, required=False)
        self.fields["phone_new"] = Words(label=_("Another phone number"), max_length=200, required=False)

    @cached_property
    def now(self):
        """Read from the rows, in many queries: so not before something that was sent is to be kept."""
        return documents.of(self.listing) if self.listing else self.document

    def _field(self, name, value):
        label, rows = ASKED[name]
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        initial = "\n".join(value) if isinstance(value, list) else value
        return Words(label=label, max_length=TEXT if rows else LINE, initial=initial, required=False, widget=widget)

    def is_box(self, name):
        """Whether it holds a part of the listing, rather than what a subclass asks beside it."""
        return name in self.names or name.startswith("phone_") or name.endswith("_confirmed")

    @property
    def typed(self):
        """Names of the boxes that no longer hold what they held."""
        return [name for name in self.changed_data if self.is_box(name)]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("website") and "://" not in cleaned["website"]:
            cleaned["website"] = f"https://{cleaned['website']}"
        self.changes = self._changes(cleaned)
        for name in self.changes:
            if name != "sources" and self._is_wrong(name):
                box = self._wrong_phone(cleaned) if name == "phones" else self._box(name)
                self.add_error(box, WRONG.get(name, _("This cannot be kept: write less, without odd characters.")))
        return cleaned

    def _is_wrong(self, name):
        names = {"phones", "sources"} if name == "phones" else {name}
        try:
            documents.patched(self.document, {one: self.changes[one] for one in names & self.changes.keys()})
        except Faulty:
            return True
        return False

    def _wrong_phone(self, cleaned):
        typed = [name for name in self.typed if name.startswith("phone_") and isinstance(cleaned.get(name), str)]
        return next((name for name in typed if cleaned[name] and not documents.is_phone_number(cleaned[name])), self._box("phones"))

    def _box(self, name):
        """Where a field of the document is written: the phones in the first of their boxes that was changed."""
        own = name.replace(".", "_")
        return own if own in self.names else next((box for box in self.typed if box.startswith("phone_")), None)

    def _changes(self, cleaned):
        """`{field of the document: new value}` of what was typed."""
        typed, changes = self.typed, {}
        for own, name in self.names.items():
            if own in typed and own in cleaned:
                lines = [line.strip() for line in cleaned[own].split("\n") if line.strip()]
                changes[name] = lines if name == "documents" else cleaned[own]
        sure = {name for own, name in self.names.items() if cleaned.get(f"{own}_confirmed") or own in typed}
        if sure & set(self.document.unconfirmed):
            changes["unconfirmed"] = [name for name in self.document.unconfirmed if name not in sure]
        if any(name.startswith("phone_") for name in typed):
            changes |= self._phones(cleaned)
        return changes

    def _phones(self, cleaned):
        """What a provider says of its own number is a source: without one, families would not see the number."""
        told, values, phones = self._told(), documents.fields(self.document), []
        for number, phone in enumerate(values["phones"]):
            typed = cleaned.get(f"phone_{number}", "")
            if typed != phone["number"] or cleaned.get(f"phone_{number}_confirmed"):
                phone = phone | {"number": typed, "source": told["key"]}
            phones += [phone] if typed else []
        if cleaned.get("phone_new"):
            phones.append({"number": cleaned["phone_new"], "source": told["key"]})
        cites = any(phone["source"] == told["key"] for phone in phones)
        is_there = any(source["key"] == told["key"] for source in values["sources"])
        return {"phones": phones} | ({"sources": [*values["sources"], told]} if cites and not is_there else {})

    def _told(self):
        today = f"{timezone.localdate()}"
        said = {"title": _("What they told us themselves"), "publisher": self.document.name, "supports": _("Its phone number")}
        return said | {"key": f"told-{today}", "owner_kind": OwnerKind.OTHER.value, "seen_on": today}

    @property
    def patched(self):
        """The listing as it is now with what was typed in place; None where nothing was. Of a valid form."""
        return documents.patched(self.now, self.changes) if self.changes else None

    @property
    def overtaken(self):
        """Boxes of fields that somebody else changed meanwhile, and to something else. Of a valid form."""
        if self.seen == self.base or not self.changes:
            return []
        mine = documents.patched(self.document, self.changes)
        boxes = [self._box(name) for name in documents.merged(self.document, mine, self.now).conflicts]
        return list(dict.fromkeys(filter(None, boxes)))

    def on_what_is_now(self):
        """The same on the listing as it is now: what was typed stays, the rest is as somebody else left it."""
        fresh = self.renewed(None)
        left = {name: fresh.get_initial_for_field(field, name) for name, field in fresh.fields.items() if fresh.is_box(name)}
        kept = {name: value for name, value in self.data.items() if name in self.typed or not self.is_box(name)}
        form = self.renewed(left | kept | {"base": str(self.base)})
        form.seen = form.base = self.base
        form.full_clean()
        for name in self.overtaken:
            now = fresh.get_initial_for_field(fresh.fields[name], name) if name in fresh.fields else ""
            form.add_error(
                name, _("Somebody changed this meanwhile, to “%(now)s”. Yours is below: send it again to keep it.") % {"now": now}
            )
        return form

    def renewed(self, data):
        return type(self)(data, document=self.now)
