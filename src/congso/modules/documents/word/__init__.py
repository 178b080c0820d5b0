"""Reads Word files (DOCX) into the tree of a body, in a process of its own.

Nothing in here knows Django: ``process`` runs alone, limited in time and memory, and meets the stranger's bytes.
``reading`` walks the text, ``numbering`` counts as Word counts, ``tables`` resolves joined cells, ``leftovers`` keeps
account of what has no place in a body, so that the author is told before the content is taken.
"""
