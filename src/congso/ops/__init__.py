"""What keeps an installation alive: the database's supervisor, backup, doctor, demo data, benches."""
