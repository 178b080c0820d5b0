from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations

CREATE = """
CREATE TEXT SEARCH CONFIGURATION congso_folded (COPY = pg_catalog.simple);
ALTER TEXT SEARCH CONFIGURATION congso_folded
    ALTER MAPPING FOR word, asciiword, numword, hword, hword_part, hword_asciipart, hword_numpart, asciihword, numhword
    WITH unaccent, simple;
"""
DROP = "DROP TEXT SEARCH CONFIGURATION congso_folded;"


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [UnaccentExtension(), migrations.RunSQL(CREATE, DROP)]
