"""Reorganisation (sáp nhập, chia tách đơn vị hành chính): an operation of the product, not a migration project.

The ended areas and organs keep their past; their dated rows are closed, successors take their places, edges say who
followed whom, and modules hand over their open rows by the rules that they registered in ``rules``. Figures count past
acts in the rows of the boundaries that one asks for: see ``custody``.
Legal basis: Law on Organisation of Local Government; a resolution of the National Assembly's Standing Committee.
"""
