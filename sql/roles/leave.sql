-- description: A login gives up a role.
REVOKE {role} FROM {login} {granted_by};
