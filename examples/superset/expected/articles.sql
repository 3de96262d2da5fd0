-- description: How many articles and files were read.
SELECT COUNT(*) FROM document
