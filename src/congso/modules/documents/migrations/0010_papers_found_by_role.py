"""Incoming papers are found by the roles of their organ, no more by the positions of the day of registering alone."""

from uuid import uuid5

from django.apps.registry import Apps
from django.db import migrations

ROLES = ("records_clerk", "leader")
BATCH = 1_000


def name_roles(apps: Apps, _schema_editor: object) -> None:
    entries = apps.get_model("search", "Entry")
    papers = apps.get_model("documents", "Incoming")
    found = entries.objects.filter(kind="documents.incoming").order_by("id")
    last = None
    while batch := list((found.filter(id__gt=last) if last else found)[:BATCH]):
        organs = dict(papers.objects.filter(id__in=[entry.record_id for entry in batch]).values_list("id", "organ_id"))
        for entry in batch:
            organ = organs.get(entry.record_id)
            if organ is not None:
                entry.audience = sorted({*entry.audience, *(uuid5(organ, role) for role in ROLES)})
        entries.objects.bulk_update(batch, ["audience"])
        last = batch[-1].id


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0009_several_directions_and_duplicates"),
        ("search", "0003_newest_first"),
    ]

    operations = [migrations.RunPython(name_roles, migrations.RunPython.noop)]
