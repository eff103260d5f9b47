"""The social workers' part of the house: what keeps the listings true."""
