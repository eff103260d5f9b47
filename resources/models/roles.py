"""Who may do what: every permission in one enum, every role in one table. A migration makes the groups from it."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class May(StrEnum):
    """Permission codenames on `Resource`; each verb of `workflow` asks for one."""

    EDIT = "edit_listing"
    SUBMIT = "submit_listing"
    CHECK = "check_listing"
    DECIDE = "decide_proposal"
    SEND_BACK = "send_back_listing"
    PUBLISH = "publish_listing"
    RETIRE = "retire_listing"
    RESTORE = "restore_listing"
    MERGE = "merge_listing"
    IMPORT = "import_listing"
    INVITE = "invite_person"

    @property
    def name_in_full(self):
        return f"resources.{self.value}"


LABELS = {
    May.EDIT: _("Can write drafts and edit listings"),
    May.SUBMIT: _("Can submit a draft for review"),
    May.CHECK: _("Can record a check with the provider"),
    May.DECIDE: _("Can decide on proposals"),
    May.SEND_BACK: _("Can send a listing back"),
    May.PUBLISH: _("Can publish a listing"),
    May.RETIRE: _("Can retire a listing"),
    May.RESTORE: _("Can restore an earlier revision"),
    May.MERGE: _("Can merge duplicates"),
    May.IMPORT: _("Can import listings from a file"),
    May.INVITE: _("Can invite people"),
}

SOCIAL_WORKER, EDITOR, STAFF = "Social worker", "Editor", "Staff"
_CURATES = {May.EDIT, May.SUBMIT, May.CHECK, May.DECIDE, May.IMPORT}
_EDITS = _CURATES | {May.SEND_BACK, May.PUBLISH, May.RETIRE, May.RESTORE, May.MERGE, May.INVITE}
ROLES = {SOCIAL_WORKER: _CURATES, EDITOR: _EDITS, STAFF: set(May)}
INVITES = {EDITOR: {SOCIAL_WORKER}, STAFF: set(ROLES)}  # role → those that it may give to somebody new
LISTING_MODELS = {"resource", "guide", "organization", "service", "therapytype", "schoolaccommodation", "financialaid"}
PART_MODELS = {"phone", "source", "location", "evidence", "legalbasis", "amount"}  # edited inside a listing
# Written by verbs, or by the link checker, the finder of duplicates and the imports of partners alone.
APPEND_ONLY = {
    *("revision", "check", "checkrequest", "edit", "signin", "link", "proposal", "errand", "duplicatepair", "merge"),
    *("spreadsheet", "partnerrow", "importedrow"),
    # A condition and all that its document holds: written by the verbs of pages alone.
    *("condition", "conditionname", "conditioncode", "conditionsource", "genelink", "kinship", "section"),
    *("conditionrevision", "conditionedit"),
}


def make_groups(apps):
    """Create the three groups, or give them back their permissions."""
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = list(Permission.objects.select_related("content_type"))
    for role in ROLES:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(one for one in permissions if _has(role, one))


def _has(role, permission):
    """Whether a role holds a permission. Nobody deletes listings or people, or touches what is append-only."""
    app, model, codename = permission.content_type.app_label, permission.content_type.model, permission.codename
    verb = codename.partition("_")[0]
    if codename in set(May):
        return codename in ROLES[role]
    if model in APPEND_ONLY:
        return verb == "view"
    if verb == "delete" and (model in LISTING_MODELS or model == "user"):
        return False
    if role == STAFF:
        return app in ("resources", "conditions", "auth")
    if app not in ("resources", "conditions"):
        return False
    return verb == "view" or model in PART_MODELS or (model in LISTING_MODELS and verb in ("add", "change"))
