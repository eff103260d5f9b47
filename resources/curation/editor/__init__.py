"""Writing a listing: a form over its document, with drafts, a lint beside the fields, and a way through when two people write."""
