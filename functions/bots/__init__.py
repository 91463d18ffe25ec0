"""bots.*: what clients ask before there are bots."""
