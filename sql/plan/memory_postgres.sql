-- description: Count all readings of a plan in memory, not by way of the disk.
SET LOCAL work_mem = '64MB'
