"""What binds the actors together: population, networks, phases of the month and measures."""
