"""The bytes: fields, number and date, signatures, and what a check finds. No Django, no database in here."""
