-- description: The rows of a query as lines, as fast as the server gives them.
COPY ({query}) TO STDOUT WITH (FORMAT csv)
