-- description: What people are reported to have said, with the article that reports it.
CREATE VIEW statements_by_speaker AS
SELECT
    s.id AS statement_id,
    s.speaker_id,
    COALESCE(p.name, s.speaker_surface) AS speaker,
    p.country AS speaker_country,
    s.form,
    s.text,
    s.date_edtf,
    s.date_earliest,
    s.venue,
    s.occasion,
    s.addressee,
    s.topics,
    s.attribution,
    s.speaker_surface,
    v.title,
    d.uri AS url,
    d.publisher,
    v.published_edtf,
    v.published_earliest
FROM statement AS s
INNER JOIN document_version AS v ON v.id = s.document_version_id
INNER JOIN document AS d ON d.id = v.document_id
LEFT JOIN person AS p ON p.id = s.speaker_id;

COMMENT ON VIEW statements_by_speaker IS 'What people are reported to have said, with the article that reports it.';
COMMENT ON COLUMN statements_by_speaker.statement_id IS 'Key of the statement; polidex explain takes it.';
COMMENT ON COLUMN statements_by_speaker.speaker_id IS 'Key of the person; empty when it could not be told who spoke.';
COMMENT ON COLUMN statements_by_speaker.speaker IS 'Name of the person, or else the words that the text has for the speaker.';
COMMENT ON COLUMN statements_by_speaker.speaker_country IS 'Country whose politics the speaker belongs to: ISO 3166-1 code of two letters.';
COMMENT ON COLUMN statements_by_speaker.form IS 'direct: the speaker''s own words. mixed: some of them. indirect: none.';
COMMENT ON COLUMN statements_by_speaker.text IS 'The words. For direct and mixed, exactly as they stand in the article.';
COMMENT ON COLUMN statements_by_speaker.date_edtf IS 'Date of the statement, as precise as the sources (EDTF).';
COMMENT ON COLUMN statements_by_speaker.date_earliest IS 'First day that the statement can be.';
COMMENT ON COLUMN statements_by_speaker.venue IS 'Where it was said.';
COMMENT ON COLUMN statements_by_speaker.occasion IS 'The event at which it was said.';
COMMENT ON COLUMN statements_by_speaker.addressee IS 'Whom it was said to.';
COMMENT ON COLUMN statements_by_speaker.topics IS 'Topics, joined by a semicolon.';
COMMENT ON COLUMN statements_by_speaker.attribution IS 'How the text names the speaker: explicit, pronoun, implicit or collective.';
COMMENT ON COLUMN statements_by_speaker.speaker_surface IS 'The words that the text has for the speaker.';
COMMENT ON COLUMN statements_by_speaker.title IS 'Headline of the article.';
COMMENT ON COLUMN statements_by_speaker.url IS 'Address of the article.';
COMMENT ON COLUMN statements_by_speaker.publisher IS 'Who published the article.';
COMMENT ON COLUMN statements_by_speaker.published_edtf IS 'Date of publication (EDTF).';
COMMENT ON COLUMN statements_by_speaker.published_earliest IS 'First day that the publication can be.';
