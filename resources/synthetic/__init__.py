"""Invented listings, as many as one likes, to measure with: realistic in number and shape, and never for families to read."""
