"""Tests of the TL codec."""
