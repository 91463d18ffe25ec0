"""From an rpc query to its answer: wrappers off, who calls, where it runs."""
