-- description: What an analyst's session starts with. A login can change these again: they save accidents, and only
-- description: the grants protect. They are set on the login because a member does not inherit the settings of its role.
ALTER ROLE {login} IN DATABASE {database} SET statement_timeout = {statement_timeout};
ALTER ROLE {login} IN DATABASE {database} SET idle_in_transaction_session_timeout = {idle_timeout};
ALTER ROLE {login} IN DATABASE {database} SET default_transaction_read_only = on;
ALTER ROLE {login} IN DATABASE {database} SET search_path = {schemas};
