"""Conversion between the canonical layer and older ones: the small hand-written part and the plans derived from it."""
