"""stickers.*"""
