"""Simulate how citizens, officials and organisations co-create public services."""

__version__ = "0.1.0"
