"""What helps: a file per noun."""

from .check import Check
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
from .spreadsheet import ImportedRow, Partner, PartnerRow, Spreadsheet
from .term import Term
from .therapy import Evidence, TherapyType

__all__ = [
    "Amount",
    "Change",
    "Check",
    "Edit",
    "Evidence",
    "FinancialAid",
    "Guide",
    "ImportBatch",
    "ImportedRow",
    "LegalBasis",
    "Link",
    "LinkUse",
    "Location",
    "Organization",
    "Partner",
    "PartnerRow",
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
    "Spreadsheet",
    "Term",
    "TherapyType",
]
