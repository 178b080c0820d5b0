"""Who sends papers to an organ: the organs that are known, and the names that its clerks have written before."""

from datetime import date
from uuid import UUID

from congso.kernel.vietnamese import fold
from congso.modules.documents.models import Incoming
from congso.shared.areas.dated import in_force
from congso.shared.organs import queries as organs
from congso.shared.organs.models import OrganName
from congso.shared.organs.queries import OrganLabel

MOST_OFFERED, RECENT = 300, 500


def organ_named(text: str, today: date) -> OrganLabel | None:
    """Return the organ that is called so, in full or in short, accents or not; nothing if none or several are."""
    wanted = fold(text).split()
    if not wanted:
        return None
    found = [
        label
        for label in organs.find(text, today, limit=20)
        if wanted in (fold(label.name).split(), fold(label.short_name).split())
    ]
    return found[0] if len(found) == 1 else None


def known_senders(organ_id: UUID, today: date) -> list[str]:
    """Return names to offer: of organs, then those of the latest papers that are no organ's; in two queries."""
    names = OrganName.objects.filter(in_force(today), in_force(today, "organ__")).exclude(organ=organ_id)
    offered = dict.fromkeys(names.order_by("sort_key").values_list("name", flat=True)[:MOST_OFFERED])
    latest = Incoming.objects.filter(organ=organ_id).order_by("-arrived_at", "-id")
    return list(offered | dict.fromkeys(latest.values_list("sender_text", flat=True)[:RECENT]))
