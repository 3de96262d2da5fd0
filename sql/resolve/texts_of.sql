-- description: The words of some texts.
SELECT v.id, v.text, v.reading_spans FROM document_version AS v WHERE v.id IN :ids ORDER BY v.id COLLATE "C"
