"""Serves the peer that the environment's PEER names."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.peers.settings"
application = get_wsgi_application()
