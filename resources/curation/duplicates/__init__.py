"""Listings that may be one: found, compared side by side, merged or kept apart."""

from .finding import alike, refresh

__all__ = ["alike", "refresh"]
