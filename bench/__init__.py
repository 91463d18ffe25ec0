"""Benchmarks: commands that print figures. Nothing here fails for being slow."""
