"""https://core.telegram.org/methods: the messages namespace."""
