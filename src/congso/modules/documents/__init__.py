"""Outgoing and incoming papers (văn bản đi, văn bản đến), from draft to issue and from arrival to close.

Owns drafts, review, numbering, issue and delivery within the installation, incoming registers and the leader's
direction (bút phê). Legal basis: Decree 30/2020/NĐ-CP. Words: ``docs/glossary.md``, Documents. Secret papers never
enter: see ``secrecy``.
"""
