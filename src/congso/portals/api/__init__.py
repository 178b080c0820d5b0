"""The site for programs, /api/v1/: the pages' commands and queries as JSON. It composes modules; it has no rules."""
