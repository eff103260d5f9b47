"""What the finder is measured against. Each answers the same questions from the same rows."""
