"""Our own raw client against a running server, over real sockets."""
