"""Business functions: a package for each TL namespace, a decorated function for each method."""
