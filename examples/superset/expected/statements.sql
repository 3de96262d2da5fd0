-- description: What people said.
SELECT speaker, text, form, published_earliest, publisher FROM statements_by_speaker
