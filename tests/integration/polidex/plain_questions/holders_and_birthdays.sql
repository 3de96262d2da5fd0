-- Ages of those who are in office, from the views.
SELECT h.office, h.person, h.country, h.current_on, p.birth_date_edtf,
    EXTRACT(YEAR FROM h.current_on) - EXTRACT(YEAR FROM h.since_earliest) AS years_in_office
FROM current_office_holders h
JOIN person_profile p USING (person_id)
ORDER BY h.country, h.office, h.person, h.tenure_id
