"""Studies: which worlds are simulated, how often, on what machines, and where the results are kept."""
