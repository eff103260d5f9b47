"""What the log may say (requirement P3): that something broke, and where in our code; never which page was asked for."""


class WithoutAddress:
    """Drops the notes on addresses that were not found or refused, and takes the address out of errors."""

    def filter(self, record):
        if hasattr(record, "request"):
            record.args = (*record.args[:-1], "…") if record.args else ()
            del record.request
        return record.levelname == "ERROR"
