"""A run over some addresses: ask, keep what came of it, propose what has moved."""

import logging
from dataclasses import dataclass, field

from django.utils import timezone

from ...models import Link
from .checking import check_all
from .moving import propose_moves
from .recording import record
from .turns import book

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """`link`: as it was kept; None where the program itself failed (`is_fault`), or the address was forgotten in between."""

    address: str
    link: Link | None = None
    proposed: list = field(default_factory=list)
    is_fault: bool = False


def run(addresses):
    """Yield an Answer for each address, as it comes."""
    for address, outcome in check_all(addresses, book=book):
        if isinstance(outcome, Exception):
            logger.error("The link checker failed at %s", address, exc_info=outcome)
            yield Answer(address, is_fault=True)
        elif link := record(address=address, outcome=outcome, at=timezone.now()):
            yield Answer(address, link, propose_moves(link))
