"""Every page of the workspace in full use (`busy`), and what a curator presses there that only shows something.

Used by `tests/shell/test_workspace_query_counts.py`.
"""

from time import process_time

UPLOAD = 300  # rows of the spreadsheet that is looked at


def pages(client, person):
    """`{name: (address, what is posted, or None)}` for somebody who is signed in. Each answers a page and moves nothing but a draft."""
    from resources.curation.queues.table import QUEUES

    shown = {"my day": "/work/", "done today": "/work/done/", "team": "/work/status/", "status": "/status/", "suggest": "/suggest/"}
    shown |= {f"queue {key}": f"/work/queues/{key}/" for key in QUEUES}
    shown |= {f"queue overdue {query}": f"/work/queues/overdue/?{query}" for query in NARROWED}
    shown |= {f"listings {query}": f"/work/listings/?{query}" for query in FILTERED}
    shown |= {name: f"/work/{name}" for name in PLAIN}
    shown |= _of_rows()
    asked = {name: (address, None) for name, address in shown.items()}
    return asked | _pressed(client, person) | _spreadsheets(client)


PLAIN = [
    *("incoming/", "incoming/?origin=reader", "incoming/?state=decided", "duplicates/", "duplicates/?decided=1", "duplicates/?page=3"),
    *("requests/", "spreadsheets/", "conditions/", "conditions/?q=ataxia", "conditions/?due=late", "conditions/?waiting=1"),
    *("new-condition/", "listings/new/", "listings/new/organization/", "people/", "people/invite/"),
]
NARROWED = ["show=mine", "show=free", "show=snoozed", "kind=service", "condition=ataxia", "q=center", "page=20"]
FILTERED = [
    *("", "page=150", "q=center", "q=555-0117", "state=draft", "kind=therapy", "age=overdue", "age=soon", "age=found", "age=checked"),
    *("age=undated", "condition=ataxia", "term=need:respite", "missing=phone", "missing=source", "missing=conditions", "missing=website"),
    *("by=me", "sort=due", "sort=changed", "sort=new", "state=published&age=overdue&q=center&missing=phone&sort=changed"),
]


def _of_rows():
    from conditions.models import Condition, ConditionEdit
    from resources.models import CheckRequest, DuplicatePair, Merge, Proposal, Resource, ResourceKind, Revision, SavedView

    long = Revision.objects.order_by("-number")[0].resource_id
    condition = Condition.objects.with_pages().order_by("pk")[0].slug
    edit = ConditionEdit.objects.filter(state="waiting").select_related("condition")[0]
    found = {
        "desk with a long history": f"/work/listings/{long}/",
        "history": f"/work/listings/{long}/history/",
        "revision": f"/work/listings/{long}/history/2/",
        "saved view": f"/work/listings/views/{SavedView.objects.first().pk}/",
        "pair": f"/work/duplicates/{DuplicatePair.objects.open().first().pk}/",
        "condition desk": f"/work/conditions/{condition}/",
        "condition edit": f"/work/conditions/{condition}/edit/",
        "condition preview": f"/work/conditions/{condition}/preview/",
        "condition preview of a revision": f"/work/conditions/{condition}/preview/?revision=1",
        "condition preview of an edit": f"/work/conditions/{edit.condition.slug}/preview/?edit={edit.pk}",
        "verify": CheckRequest.objects.open().filter(resource__state="published").first().get_absolute_url(),
        "report": "/report/?listing=" + Resource.objects.published().first().slug,
    }
    for origin in Proposal.Origin.values:
        found[f"proposal {origin}"] = f"/work/incoming/{Proposal.objects.open().filter(origin=origin).first().pk}/"
    for kind in ResourceKind.values:
        listing = Resource.objects.filter(kind=kind, state="published").order_by("-pk").first().pk
        for name in ("", "preview/", "edit/", "check/"):
            found[f"{kind} {name or 'desk'}"] = f"/work/listings/{listing}/{name}"
    if merge := Merge.objects.first():
        found["desk after a merge"] = f"/work/listings/{merge.winner_id}/"
    return found


def _pressed(client, person):
    """Buttons that show something: previews, differences, advice, and forms that are sent back."""
    from conditions.models import Condition
    from resources.models import CheckRequest, DuplicatePair, Proposal, Resource, ResourceKind

    made = {}
    for kind in ResourceKind.values:
        address = f"/work/listings/{Resource.objects.filter(kind=kind, state='published').order_by('-pk').first().pk}/edit/"
        sent = filled(client.get(address), 'form[@id="editor"]')
        for act in ("autosave", "draft", "look", "difference", "preview", "beside:name", "add:phones"):
            made[f"{kind} {act}"] = (address, sent | {"do": act})
        made[f"{kind} look at another name"] = (address, sent | {"do": "look", "name": "Ataxia Family Center"})
    address = f"/work/conditions/{Condition.objects.with_pages().order_by('pk')[0].slug}/edit/"
    sent = filled(client.get(address), 'main//form[@class="page-form"]')
    for act in ("check", "preview", "add-names", "check-school"):
        made[f"condition {act}"] = (address, sent | {"do": act})
    pair = DuplicatePair.objects.open().first()
    made["merge preview"] = (f"/work/duplicates/{pair.pk}/", {"do": "preview", "winner": "first"})
    made["not duplicates, without why"] = (f"/work/duplicates/{pair.pk}/", {"do": "apart"})
    proposal = Proposal.objects.open().filter(origin="provider").first()
    made["decline without why"] = (f"/work/incoming/{proposal.pk}/", {"verb": "decline"})
    made["accept without why"] = (f"/work/incoming/{proposal.pk}/", {"verb": "accept", "why": ""})
    made["snooze without why"] = ("/work/queues/overdue/", {"snooze": "", "item": ["1", "2"]})
    listing = Resource.objects.filter(state="in_review").first()
    made["send back without why"] = (f"/work/listings/{listing.pk}/", {"verb": "send_back", "why": "", "base": "2"})
    address = f"/work/listings/{listing.pk}/check/"
    made["check without outcome"] = (address, filled(client.get(address), 'main//form[@class="check-form"]') | {"how": "call"})
    some = [str(pk) for pk in Resource.objects.published().values_list("pk", flat=True)[:50]]
    made["retire fifty"] = ("/work/listings/chosen/", {"act": "retire", "listing": some, "query": ""})
    made["tag fifty"] = ("/work/listings/chosen/", {"act": "retag", "listing": some, "query": ""})
    made["keep a view without a name"] = ("/work/listings/views/", {"name": "", "query": "state=draft"})
    one = CheckRequest.objects.open().filter(resource__state="published").first()
    made["verify, sent back"] = (one.get_absolute_url(), filled(client.get(one.get_absolute_url()), "main//form") | {"said": "corrects"})
    made["suggest, sent back"] = ("/suggest/", {"name": ""})
    made["invite, sent back"] = ("/work/people/invite/", {"username": ""})
    return made


def _spreadsheets(client):
    """A partner's file, uploaded and previewed."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    lines = ["Name,Phone,Website,City,State"]
    lines += [f"Sheet Center {n},512-555-01{n % 100:02},https://sheet{n}.example/,Austin,TX" for n in range(UPLOAD)]
    file = SimpleUploadedFile("list.csv", "\n".join(lines).encode())
    answer = client.post("/work/spreadsheets/", {"new_partner": f"Example Alliance {process_time()}", "file": file})
    base = answer.url.removesuffix("columns/")
    columns = filled(client.get(f"{base}columns/"), "main//form")
    said = {"kind": "organization", "coverage": "local", "conditions": "", "verb": "plan"}
    client.post(f"{base}columns/", columns | said)
    found = {f"spreadsheet {name or 'preview'}": (f"{base}{name}", None) for name in ("", "columns/", "bad.csv")}
    return found | {"template": ("/work/spreadsheets/template.csv", None)}


def filled(response, form):
    """What a browser would send of a form as it stands, but for its buttons: `{name: [values]}`."""
    from tests.shell.reading import Page

    sent = {}
    for field in Page(response).all(f"{form}//*[@name]"):
        kind, name = field.get("type"), field.get("name")
        if field.tag == "button" or name == "csrfmiddlewaretoken" or (kind in ("checkbox", "radio") and field.get("checked") is None):
            continue
        options = list(field.iter("option"))
        chosen = [one.get("value") for one in options if one.get("selected") is not None] or [one.get("value") for one in options[:1]]
        text = [field.text or ""] if field.tag == "textarea" else [field.get("value", "on" if kind == "checkbox" else "")]
        sent.setdefault(name, []).extend(chosen if field.tag == "select" else text)
    return sent
