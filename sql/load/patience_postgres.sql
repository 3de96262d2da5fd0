-- description: Who changes tables waits for those who read them, and whoever comes to read meanwhile waits behind: not long.
SET LOCAL lock_timeout = '5s'
