"""Who is who across documents: one module a kind of thing, each with what is known of a mention and how two compare."""
