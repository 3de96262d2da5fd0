-- description: Who holds office now.
SELECT c.country_name, h.office, h.person, h.party, h.since_edtf, h.current_on
FROM current_office_holders AS h
LEFT JOIN analytics.dim_country AS c ON c.country_code = h.country
