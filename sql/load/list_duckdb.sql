-- description: The texts of a list, given as one value: DuckDB looks for pandas, in vain, at each value it is given.
from_json(:{name}, '["VARCHAR"]')
