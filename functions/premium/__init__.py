"""premium.*: boosts, of which there are none yet."""
