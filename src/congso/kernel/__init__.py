"""What everything stands on and that owns no table: who acts, what time it is, errors, events, the web's types."""
