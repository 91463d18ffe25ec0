"""payments.*: what clients read at their start; nothing is sold yet."""
