"""Everything that `make bench` measures: the articles of `examples/` both ways, then grounding."""

from __future__ import annotations

from benchmarks import articles, grounding

articles.main()
grounding.main()
