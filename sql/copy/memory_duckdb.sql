-- description: Sort what is larger than this on the disk.
SET memory_limit = '2GB'
