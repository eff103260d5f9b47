"""What helps: a file per noun."""

from .check import Check
from .check_request import CheckRequest
from .edit import Edit
from .import_batch import ImportBatch
from .index import Change, SnapshotPart
from .link import Link, LinkUse
from .location import Location
from .money import Amount, FinancialAid
from .organization import Organization
from .phone import Phone
from .place import Place
from .proposal import Proposal
from .report import ProblemReport
from .resource import Guide, Resource, ResourceKind
from .revision import Revision
from .school import LegalBasis, SchoolAccommodation
from .service import Service
from .sign_in import SignIn
from .source import Source
from .term import Term
from .therapy import Evidence, TherapyType

__all__ = [
    "Amount",
    "Change",
    "Check",
    "CheckRequest",
    "Edit",
    "Evidence",
    "FinancialAid",
    "Guide",
    "ImportBatch",
    "LegalBasis",
    "Link",
    "LinkUse",
    "Location",
    "Organization",
    "Phone",
    "Place",
    "ProblemReport",
    "Proposal",
    "Resource",
    "ResourceKind",
    "Revision",
    "SchoolAccommodation",
    "Service",
    "SignIn",
    "SnapshotPart",
    "Source",
    "Term",
    "TherapyType",
]
