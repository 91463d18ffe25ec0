"""contacts.*: address books, block lists, search and top peers."""
