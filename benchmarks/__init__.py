"""What Polidex costs and what it is worth, measured."""
