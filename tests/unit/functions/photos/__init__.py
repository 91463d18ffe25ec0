"""photos.*"""
