"""langpack.*: texts of the interface, from files an operator may add."""
