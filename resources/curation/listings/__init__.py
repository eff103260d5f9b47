"""The list of all listings: found by filters, kept as views, worked on several at a time."""
