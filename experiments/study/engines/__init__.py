"""Engines: who simulates the batches of a study. All give the same results, bit for bit."""
