"""A list of short texts, kept one a line: easy to read in a form, easy to search in SQL."""

from django.db import models


class LinesField(models.TextField):
    """Python: `["a", "b"]`. Database: `a\\nb`."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            return [line.strip() for line in value.replace("\r", "").split("\n") if line.strip()]
        return list(value or [])

    def from_db_value(self, value, expression, connection):
        return value.split("\n") if value else []

    def get_prep_value(self, value):
        return "\n".join(self.to_python(value) if isinstance(value, str) else value or [])

    def value_from_object(self, obj):
        """What a form's text area shows."""
        return self.get_prep_value(super().value_from_object(obj))

    def value_to_string(self, obj):
        return self.value_from_object(obj)
