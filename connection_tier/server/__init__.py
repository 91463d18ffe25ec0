"""The node's shell: sockets, sessions and pushes around the sans-IO engine."""
