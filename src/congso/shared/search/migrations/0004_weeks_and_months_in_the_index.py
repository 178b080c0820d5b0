import django.contrib.postgres.indexes
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

FILL = """
    UPDATE search_entry
    SET week = floor((day - date '2000-01-03') / 7.0), month = extract(year FROM day) * 12 + extract(month FROM day) - 1
"""


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_newest_first"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.RemoveIndex(model_name="entry", name="search_newest_first"),
        migrations.RemoveIndex(model_name="entry", name="search_words_within_audience"),
        migrations.AddField(
            model_name="entry", name="week", field=models.IntegerField(default=0), preserve_default=False
        ),
        migrations.AddField(
            model_name="entry", name="month", field=models.IntegerField(default=0), preserve_default=False
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded", "audience", "week", "month"],
                gin_pending_list_limit=256,
                name="search_words_within_audience",
            ),
        ),
    ]
