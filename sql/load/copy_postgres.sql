-- description: The fastest way of many rows into Postgres.
COPY {staged} ({columns}) FROM STDIN (FORMAT binary)
