import django.db.models.deletion
from django.db import migrations, models

import congso.kernel.ids
import congso.shared.areas.dated


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_houses"),
        ("organs", "0001_organs"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrganPiece",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=congso.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("cut_from", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area"),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pieces", to="organs.organ"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "number"), name="piece_has_one_number_in_its_organ"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", models.F("cut_from"))), name="piece_is_cut_from_an_older_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PieceHouse",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organ_id", "house_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "organ",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organs.organ",
                    ),
                ),
                (
                    "house",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.house"),
                ),
                ("piece", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("piece__gte", 1)), name="house_is_in_a_piece_that_was_cut"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="organcustody",
            name="piece",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.RemoveConstraint(
            model_name="organcustody",
            name="organ_is_counted_with_one_holder_at_a_time",
        ),
        migrations.AddConstraint(
            model_name="organcustody",
            constraint=congso.shared.areas.dated.UniqueWithoutOverlaps(
                fields=("organ", "piece"), name="piece_is_counted_with_one_holder_at_a_time", period="valid"
            ),
        ),
    ]
