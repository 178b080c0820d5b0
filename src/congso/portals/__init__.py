"""Sites that compose modules for one kind of user. No rules live here."""
