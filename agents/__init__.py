"""Who acts: one actor a file, its state and its decisions."""
