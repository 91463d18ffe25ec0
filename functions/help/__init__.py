"""help.*: configuration, lists of the world, and what clients ask at their start."""
