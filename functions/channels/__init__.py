"""channels.*: what clients ask before there are channels."""
