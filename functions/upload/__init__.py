"""upload.*: what of files is not streamed by the connection tier."""
