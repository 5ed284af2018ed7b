"""From runs to conclusions: what the results of a study say, and how sure that is."""
