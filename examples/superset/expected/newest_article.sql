-- description: The day of the newest article.
SELECT MAX(COALESCE(published_earliest, published_latest)) FROM document_version
