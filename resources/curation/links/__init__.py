"""Do the addresses that we send families to still answer? Asked politely, and never of a private network.

`gathering` finds the addresses, `checking` asks them (`guard`, `fetching`, `pace`, `robots` are its manners), `recording` keeps what came of it.
"""
