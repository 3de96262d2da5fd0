-- description: Close this database to a login.
REVOKE ALL ON DATABASE {database} FROM {login};
