"""Organs (cơ quan, tổ chức): bodies that act, number their papers and own a seal.

An ``Organ`` is an identity; names, codes, place in the hierarchy and area served are dated rows on it. Departments
and the office are organs of their own that ``serve`` their People's Committee.

Each model with a key to ``Organ`` says with ``organ_rows`` whether its open rows *stay* with an organ that ends or
*move* to the one that follows it; a system check refuses a model that does not say.
"""
