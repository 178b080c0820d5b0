import django.contrib.postgres.indexes
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models
from django.db.models.expressions import RawSQL


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_newest_first"),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.RemoveIndex(model_name="entry", name="search_newest_first"),
        migrations.RemoveIndex(model_name="entry", name="search_words_within_audience"),
        migrations.AddField(
            model_name="entry",
            name="week",
            field=models.GeneratedField(
                db_persist=True,
                expression=RawSQL("(day - date '2000-01-03') / 7", []),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="month",
            field=models.GeneratedField(
                db_persist=True,
                expression=RawSQL("(extract(year FROM day) * 12 + extract(month FROM day))::int - 1", []),
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded", "audience", "week", "month"],
                gin_pending_list_limit=256,
                name="search_words_within_audience",
            ),
        ),
    ]
