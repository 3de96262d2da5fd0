"""How records move, from a file to an answer."""
