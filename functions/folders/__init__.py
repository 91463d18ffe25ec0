"""Functions of the folders namespace."""
