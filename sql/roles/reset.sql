-- description: Take back a setting that a login starts with in this database.
ALTER ROLE {login} IN DATABASE {database} RESET {setting};
