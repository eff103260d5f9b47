#!/usr/bin/env python
"""Django's command-line utility for the Caregiver Finder."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caregiver_finder.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(f"{missing}. Run script/setup first: it makes .venv and installs what is needed.") from missing
    execute_from_command_line(sys.argv)
