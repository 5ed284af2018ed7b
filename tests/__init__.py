"""Tests. A package, so that another package's folder of the same name is not taken for it."""
