"""Benchmarks: how fast the model is, alone and beside other ways to write the same rules."""
