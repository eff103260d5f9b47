"""Conditions and their pages in the workspace: a list, a desk for each, and an editor over the condition document."""
