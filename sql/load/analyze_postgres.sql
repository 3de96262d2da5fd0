-- description: Have Postgres look at the tables now: after many rows it would plan by what it saw before them.
ANALYZE
