-- description: A login that may nothing yet. The server gets a digest of its password, never the password.
CREATE ROLE {login} LOGIN PASSWORD {digest} NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
