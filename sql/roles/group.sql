-- description: A role that nobody logs in as: logins are its members. It is the same in every database of the server.
CREATE ROLE {role} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
