-- description: The texts that share enough bands with a new one to be compared with it, the most alike first.
SELECT
    p.new_id,
    v.id,
    COALESCE(v.source_id, v.id) AS source_id
FROM (
    SELECT
        split_part(g.pair, ' ', 1) AS band,
        split_part(g.pair, ' ', 2) AS new_id
    FROM (SELECT unnest(:pairs) AS pair) AS g
) AS p
INNER JOIN text_band AS b ON b.band = p.band AND b.document_version_id <> p.new_id
INNER JOIN document_version AS v ON v.id = b.document_version_id
GROUP BY p.new_id, v.id, v.source_id
HAVING COUNT(*) >= :enough
ORDER BY p.new_id COLLATE "C", COUNT(*) DESC, v.id COLLATE "C"
