-- description: A decision about who is who, by its key.
SELECT d.* FROM resolver_decision AS d WHERE d.id = :id
