"""Asking the provider: by a call, with a script to hold on to, or by a link with which it looks through its own listing."""
