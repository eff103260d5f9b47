"""What helps: a file per noun."""

from .location import Location
from .money import Amount, FinancialAid
from .organization import Organization
from .phone import Phone
from .report import ProblemReport
from .resource import Resource, ResourceKind
from .revision import Revision
from .school import LegalBasis, SchoolAccommodation
from .service import Service
from .source import Source
from .term import Term
from .therapy import Evidence, TherapyType

__all__ = [
    "Amount",
    "Evidence",
    "FinancialAid",
    "LegalBasis",
    "Location",
    "Organization",
    "Phone",
    "ProblemReport",
    "Resource",
    "ResourceKind",
    "Revision",
    "SchoolAccommodation",
    "Service",
    "Source",
    "Term",
    "TherapyType",
]
