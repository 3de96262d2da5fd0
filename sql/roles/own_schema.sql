-- description: Hand a schema over to the owner.
ALTER SCHEMA {schema} OWNER TO polidex_owner;
