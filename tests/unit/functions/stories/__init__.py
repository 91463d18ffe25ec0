"""What clients read at their start about things that do not exist yet."""
