"""The only code that moves a listing between states. Every verb is a transaction, checks who may, and writes a revision.

`writing` changes what a listing says, `moving` its state, `checking` the day it was confirmed, `proposing` takes what comes from outside.
`pages` has the verbs of conditions and their pages: `workflow.pages.edit(condition=…)`.
"""

from . import pages
from .checking import check
from .moving import publish, reopen, retire, send_back, submit
from .proposing import accept, propose, turn_down
from .refusals import Incomplete, NotAllowed, Refused, Stale, WrongStep
from .rules import CHECK_EVERY, TWO_PERSONS, latest, refuse_stale
from .writing import LOADED, STARTER, apply, create, decline, edit, load, restore

__all__ = [
    "CHECK_EVERY",
    "LOADED",
    "STARTER",
    "TWO_PERSONS",
    "Incomplete",
    "NotAllowed",
    "Refused",
    "Stale",
    "WrongStep",
    "accept",
    "apply",
    "check",
    "create",
    "decline",
    "edit",
    "latest",
    "pages",
    "load",
    "propose",
    "publish",
    "refuse_stale",
    "reopen",
    "restore",
    "retire",
    "send_back",
    "submit",
    "turn_down",
]
