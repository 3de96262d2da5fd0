-- description: What the current claims of some contents say.
SELECT DISTINCT c.value COLLATE "C" AS value FROM claim AS c WHERE c.content_key IN :keys AND c.is_current ORDER BY value
