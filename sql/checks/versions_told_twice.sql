-- description: Only one version of a document is what current claims rest on, unless reading the newer one failed.
SELECT v.document_id AS id, COUNT(DISTINCT v.id) AS versions
FROM claim AS c
INNER JOIN claim_evidence AS ce ON ce.claim_id = c.id
INNER JOIN evidence AS e ON e.id = ce.evidence_id
INNER JOIN document_version AS v ON v.id = e.document_version_id
WHERE
    c.is_current AND NOT EXISTS (
        SELECT 1
        FROM extraction AS x
        INNER JOIN document_version AS w ON w.id = x.document_version_id
        WHERE w.document_id = v.document_id AND x.status IN ('failed', 'refused')
    )
GROUP BY v.document_id
HAVING COUNT(DISTINCT v.id) > 1
