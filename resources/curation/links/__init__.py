"""Do the addresses that we send families to still answer? Asked politely, and never of a private network.

`gathering` finds the addresses, `checking` asks them, `recording` keeps what came of it;
`guard`, `fetching`, `pace` and `robots` are the manners of asking.
"""
