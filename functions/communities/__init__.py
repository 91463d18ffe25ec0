"""communities.*: groups of channels, of which there are none yet."""
