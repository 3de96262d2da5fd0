-- description: All readings of some texts, without their replies. `:ids` are keys of texts, with a space between two.
SELECT
    v.id AS document_version_id,
    v.content_sha256,
    v.reading_spans,
    v.language,
    x.id,
    x.extractor,
    x.fingerprint_text AS text,
    x.fingerprint_prompt AS prompt,
    x.fingerprint_schema AS "schema",
    x.fingerprint_model AS model,
    x.fingerprint_parameters AS parameters,
    x.fingerprint_windowing AS windowing,
    x.status,
    x.checked_with,
    x.windows,
    x.error_code,
    x.error
FROM document_version AS v
LEFT JOIN extraction AS x ON x.document_version_id = v.id
WHERE v.id IN (SELECT unnest(string_to_array(CAST(:ids AS VARCHAR), ' ')))
ORDER BY v.id COLLATE "C", x.id COLLATE "C"
