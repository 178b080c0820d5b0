"""Accounts (tài khoản), sign-in and sessions, and the hat (tư cách làm việc) under which a person acts.

What a person may do comes from the positions held today (``people``), not from the account; the middleware turns the
session and the chosen hat into ``request.actor``. Sessions, attempts and their limits live in real time, the hats in
domain time.
"""
