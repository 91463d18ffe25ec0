"""Client libraries in processes of their own, each driven by a small program in its own language."""
