-- description: Hand a table or a view over to the owner. (ALTER TABLE takes views too.)
ALTER TABLE {relation} OWNER TO polidex_owner;
