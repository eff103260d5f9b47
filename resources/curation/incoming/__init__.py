"""What came from outside, in one queue: reports, suggestions, answers of providers, spreadsheets, moved links.

`queue` says what waits, `comparison` what a proposal would change, `alike` what it resembles, `deciding` takes some, all or none of it.
"""
