"""What helps: a file per noun."""

from .check import Check
from .check_request import CheckRequest
from .draft import Draft
from .duplicate_pair import DuplicatePair
from .edit import Edit
from .errand import Errand
from .import_batch import ImportBatch
from .index import Change, SnapshotPart
from .link import Link, LinkHost, LinkUse
from .location import Location
from .match_key import MatchKey
from .merge import Merge
from .money import Amount, FinancialAid
from .organization import Organization
from .phone import Phone
from .place import Place
from .proposal import Proposal
from .resource import Guide, Resource, ResourceKind
from .revision import Revision
from .saved_view import SavedView
from .school import LegalBasis, SchoolAccommodation
from .service import Service
from .sign_in import SignIn
from .source import Source
from .spreadsheet import ImportedRow, Partner, PartnerRow, Spreadsheet
from .term import Term
from .therapy import Evidence, TherapyType

__all__ = [
    "Amount",
    "Change",
    "Check",
    "DuplicatePair",
    "Draft",
    "CheckRequest",
    "Edit",
    "Errand",
    "Evidence",
    "FinancialAid",
    "Guide",
    "ImportBatch",
    "ImportedRow",
    "LegalBasis",
    "Link",
    "LinkHost",
    "LinkUse",
    "Location",
    "MatchKey",
    "Merge",
    "Organization",
    "Partner",
    "PartnerRow",
    "Phone",
    "Place",
    "Proposal",
    "Resource",
    "ResourceKind",
    "Revision",
    "SavedView",
    "SchoolAccommodation",
    "Service",
    "SignIn",
    "SnapshotPart",
    "Source",
    "Spreadsheet",
    "Term",
    "TherapyType",
]
