"""The app: the simulation in a browser, for a room of people, on one machine and without a network."""
