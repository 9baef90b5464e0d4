"""The rulebook: one chapter, one module; numbered clauses; no numbers but those of the ruleset."""
