"""Listings to and from files: CSV and XLSX with a row a listing, JSON with a document a listing.

Read → preview → confirm: nothing is saved before a person has seen what would change.
"""
