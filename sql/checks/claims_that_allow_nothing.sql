-- description: What a claim is compared by allows at least one day or number.
SELECT c.id, c.field, c.value, c.value_earliest, c.value_latest, c.value_least, c.value_most
FROM claim AS c
WHERE c.value_earliest > c.value_latest OR c.value_least > c.value_most
