"""What a study was asked to conclude, carried out on its results."""
