-- description: A login takes on a role in this database.
GRANT {role} TO {login};
GRANT CONNECT ON DATABASE {database} TO {login};
