-- description: For the rest of the transaction, act as a role: what is made then belongs to it.
SET LOCAL ROLE {role};
