-- description: How much memory DuckDB may take before it goes by way of the disk.
SET memory_limit = '{megabytes}MB'
