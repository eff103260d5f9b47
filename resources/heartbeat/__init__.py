"""How the catalogue is: for families at `/status/`, for the staff's index, from one place."""
