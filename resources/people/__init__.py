"""Those who keep the listings: how they are invited, sign in with a second step, and are helped when they lost it."""
