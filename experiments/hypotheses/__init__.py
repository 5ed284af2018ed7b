"""Named experiments: the lessons on co-creation as hypotheses that the model can support or refute."""
