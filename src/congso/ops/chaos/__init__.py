"""Chaos: programs are killed at random moments under load; what was acknowledged before must be there afterwards.

``documents`` runs it: ``office`` works over HTTP as people do and keeps a log of its own, flushed to the disk line by
line; ``killing`` kills; ``comparing`` holds the log against the database, the journal and the files.
"""
