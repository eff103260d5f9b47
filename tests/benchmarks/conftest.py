collect_ignore = ["peers"]  # they run beside the tests, with packages of their own
