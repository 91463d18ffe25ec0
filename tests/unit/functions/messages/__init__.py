"""Tests of the functions of messages."""
