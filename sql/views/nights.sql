-- description: How each run ended, what it changed and what it cost.
CREATE VIEW nights AS
SELECT
    r.id AS run_id,
    r.status,
    r.started_at,
    r.heartbeat_at,
    r.finished_at,
    n.number AS report_number,
    n.exit_code,
    n.headline,
    n.gate,
    n.documents,
    n.documents_new,
    n.documents_changed,
    n.documents_unchanged,
    n.documents_failed,
    n.documents_vanished,
    n.facts_added,
    n.facts_changed,
    n.facts_withdrawn,
    n.conflicts_new,
    n.conflicts_gone,
    n.quarantine_new,
    n.calls,
    r.tokens_in,
    r.tokens_out,
    r.cost_usd,
    n.budget_usd,
    n.budget_left_usd,
    n.seconds,
    r.exit_reason,
    n.report
FROM extraction_run AS r
LEFT JOIN night_report AS n ON n.run_id = r.id;

COMMENT ON VIEW nights IS 'How each run ended, what it changed and what it cost. A run that was killed, or that goes on, has no report.';
COMMENT ON COLUMN nights.run_id IS 'Key of the run.';
COMMENT ON COLUMN nights.status IS 'How it stands: running, finished, failed or interrupted.';
COMMENT ON COLUMN nights.started_at IS 'When it started.';
COMMENT ON COLUMN nights.heartbeat_at IS 'When it last showed that it was alive.';
COMMENT ON COLUMN nights.finished_at IS 'When it ended; empty while it runs, and for ever if it was killed.';
COMMENT ON COLUMN nights.report_number IS 'Which report it is, counted from 1; empty without one. An order that no clock can disturb.';
COMMENT ON COLUMN nights.exit_code IS 'What the command ended with: 0 is all done, 3 some documents failed, 4 the budget was spent, 6 held back.';
COMMENT ON COLUMN nights.headline IS 'How it went, in one line.';
COMMENT ON COLUMN nights.gate IS 'What came of comparing it with the nights before: passed, held, unjudged or off.';
COMMENT ON COLUMN nights.documents IS 'Documents that were read.';
COMMENT ON COLUMN nights.documents_new IS 'Of these, those that were not known before.';
COMMENT ON COLUMN nights.documents_changed IS 'Documents that were known and have another text now.';
COMMENT ON COLUMN nights.documents_unchanged IS 'Documents of which nothing was new.';
COMMENT ON COLUMN nights.documents_failed IS 'Documents that could not be read, or not wholly.';
COMMENT ON COLUMN nights.documents_vanished IS 'Documents that are no longer there; what they said stays.';
COMMENT ON COLUMN nights.facts_added IS 'Rows for analysts that are new.';
COMMENT ON COLUMN nights.facts_changed IS 'Rows for analysts that hold something else than before.';
COMMENT ON COLUMN nights.facts_withdrawn IS 'Rows for analysts that are gone: nothing gives them any more.';
COMMENT ON COLUMN nights.conflicts_new IS 'Fields of which sources differ since this night.';
COMMENT ON COLUMN nights.conflicts_gone IS 'Fields of which sources no longer differ.';
COMMENT ON COLUMN nights.quarantine_new IS 'Refused drafts more than before; less than 0 when there are fewer.';
COMMENT ON COLUMN nights.calls IS 'Requests that were sent to models.';
COMMENT ON COLUMN nights.tokens_in IS 'Tokens sent to models, over all attempts.';
COMMENT ON COLUMN nights.tokens_out IS 'Tokens that models wrote, over all attempts.';
COMMENT ON COLUMN nights.cost_usd IS 'What the models cost, in US dollars; empty when no price is known.';
COMMENT ON COLUMN nights.budget_usd IS 'The most that the run was allowed to cost, in US dollars; empty without a limit.';
COMMENT ON COLUMN nights.budget_left_usd IS 'What was left of it, or of the month where that is less; empty without a limit.';
COMMENT ON COLUMN nights.seconds IS 'How long it took, in seconds, by a clock that nobody can set.';
COMMENT ON COLUMN nights.exit_reason IS 'Why it ended, when it did not simply finish.';
COMMENT ON COLUMN nights.report IS 'The whole report, as JSON.';
