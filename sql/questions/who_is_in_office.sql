-- description: Who holds which office now, as of the newest documents?
-- parameter: country = -- name or two-letter code
SELECT h.country, h.office, h.person, h.since_edtf, h.current_on, h.organization, h.tenure_id
FROM current_office_holders AS h
WHERE CAST(:country_code AS VARCHAR) = '' OR h.country = CAST(:country_code AS VARCHAR)
ORDER BY h.country COLLATE "C" NULLS LAST, h.office COLLATE "C", h.person COLLATE "C", h.tenure_id COLLATE "C"
