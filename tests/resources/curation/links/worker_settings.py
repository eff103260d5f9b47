"""For a worker in a process of its own: the tests' database, and servers on this machine."""

import json
import os

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["TEST_DATABASE"]
LINKS_TEST_SERVERS = [tuple(one) for one in json.loads(os.environ["TEST_SERVERS"])]
LINK_WORKER = True
