"""Domain services, called without a function around them."""
