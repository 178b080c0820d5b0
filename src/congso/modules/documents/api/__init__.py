"""What programs do with papers: the same commands and queries as the pages, under the same rules."""
