"""Django admin for the staff. A listing is changed here only through `workflow`, as everywhere."""

from . import kinds, links, records, users  # noqa: F401 each registers its models
