"""Who reaches which page: one world of records, every route of the site, every role. The answer stands in table.txt."""
