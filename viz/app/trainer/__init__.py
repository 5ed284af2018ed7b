"""Plans, cards and links for those who lead a session."""
