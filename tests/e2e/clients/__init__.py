"""Client libraries as their users install them, pointed at a server under test."""
