"""The only code that moves a listing between states. Every verb is a transaction, checks who may, and writes a revision.

`writing` changes what a listing says, `moving` its state, `checking` the day it was confirmed, `asking` asks the provider by a link,
`ageing` takes away what nobody confirmed, `proposing` takes what comes from outside, `merging` makes one listing of two,
`importing` brings a partner's changes. `pages` has the verbs of conditions and their pages: `workflow.pages.edit(condition=…)`.
"""

from . import pages
from .ageing import GRACE, age, too_old
from .asking import answer, ask, record_answer, remind, withdraw
from .checking import REMEMBERED, check, number_works
from .importing import bring_change, takes_changes
from .merging import ask_again, keep_apart, merge, unmerge
from .moving import publish, reopen, retire, send_back, submit
from .proposing import accept, propose, turn_down
from .refusals import Incomplete, NotAllowed, Refused, Stale, WrongStep
from .rules import CHECK_EVERY, latest, refuse_stale
from .second_person import URGENT, authors, hinders_publishing, two_persons
from .writing import LOADED, STARTER, apply, create, decline, edit, load, restore

__all__ = [
    "CHECK_EVERY",
    "GRACE",
    "LOADED",
    "REMEMBERED",
    "STARTER",
    "URGENT",
    "Incomplete",
    "NotAllowed",
    "Refused",
    "Stale",
    "WrongStep",
    "accept",
    "age",
    "answer",
    "apply",
    "ask",
    "ask_again",
    "authors",
    "bring_change",
    "check",
    "create",
    "decline",
    "edit",
    "hinders_publishing",
    "keep_apart",
    "latest",
    "load",
    "merge",
    "number_works",
    "pages",
    "propose",
    "publish",
    "record_answer",
    "refuse_stale",
    "remind",
    "reopen",
    "restore",
    "retire",
    "send_back",
    "submit",
    "takes_changes",
    "too_old",
    "two_persons",
    "turn_down",
    "unmerge",
    "withdraw",
]
