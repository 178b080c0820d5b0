"""Areas (địa bàn): land and its people, from province to village.

An ``Area`` is an identity that lasts; its names, codes, parents and extents are dated rows ``[from, to)`` on it, so a
code means one area per issuing authority and day. Merged or split areas end and are followed by new ones.
Legal basis: Law on Organisation of Local Government; Resolution 1686/NQ-UBTVQH15 for the units of 1 July 2025.
"""
