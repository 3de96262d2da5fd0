-- description: Who hands things over to the owner must be one of its members, unless it may do everything anyway.
GRANT polidex_owner TO {login};
