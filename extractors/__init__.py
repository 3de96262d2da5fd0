"""From a document to draft records, through one door to any model."""
