"""A partner's spreadsheet: upload → what its columns mean → preview → confirm, a step at a time → report."""
