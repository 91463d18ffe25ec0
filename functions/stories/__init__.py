"""stories.*: what clients read at their start; there are no stories yet."""
