from django.db import migrations, models

# Django changes no composite key. All cells so far are of piece 0, so they stay as they are.
PUT_PIECES_INTO_THE_KEY = """
ALTER TABLE figures_figurecell
    ADD COLUMN piece smallint NOT NULL DEFAULT 0 CHECK (piece >= 0);
ALTER TABLE figures_figurecell
    ALTER COLUMN piece DROP DEFAULT,
    DROP CONSTRAINT figures_figurecell_pkey,
    ADD CONSTRAINT figures_figurecell_pkey PRIMARY KEY (grain, measure, unit, day, piece, step) INCLUDE (value);
"""
# The fold computes anew what a measure of another meaning counts.
TAKE_PIECES_OUT_OF_THE_KEY = """
DELETE FROM figures_figurecell;
UPDATE figures_figuremeasure SET definition = '';
ALTER TABLE figures_figurecell
    DROP COLUMN piece,
    ADD CONSTRAINT figures_figurecell_pkey PRIMARY KEY (grain, measure, unit, day, step) INCLUDE (value);
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_cells_and_marks")]

    operations = [
        migrations.RunSQL(
            PUT_PIECES_INTO_THE_KEY,
            TAKE_PIECES_OUT_OF_THE_KEY,
            state_operations=[
                migrations.AddField("figurecell", "piece", models.PositiveSmallIntegerField(default=0)),
                migrations.AlterField(
                    "figurecell",
                    "pk",
                    models.CompositePrimaryKey(
                        "grain",
                        "measure",
                        "unit",
                        "day",
                        "piece",
                        "step",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
        ),
    ]
