"""Files: the node's streams, uploads, pictures, media and who may read them."""
