"""stickers.*: making and changing sticker sets."""
