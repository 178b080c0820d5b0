"""Signatures on PDF files: asked for, made, and judged (ký số, kiểm tra chữ ký).

A file gets two of them, by Decree 30/2020/NĐ-CP: the leader's certifies it, then the records clerk gives number and
date, then the organ's signature (con dấu) closes it. This module knows no documents: it gets a file's hash, a field and
a reason, and what asks for a signature registers how its records are described (``signables``).
"""
