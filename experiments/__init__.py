"""Which worlds are run, how they are run, where results are kept and how they are analysed."""
