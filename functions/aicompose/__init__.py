"""aicompose.*: tones for rewriting texts, of which there are none."""
