"""All about one listing: what it says, its state, what can be done with it, and its history."""
