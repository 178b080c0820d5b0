"""Who may find a record: ids of organs, positions and persons, and keys of roles in organs."""

from uuid import UUID, uuid5

from congso.kernel.actor import Actor


def role_key(organ_id: UUID, role: str) -> UUID:
    """Return the key of whoever holds a role in an organ, today or later: ``role_key(organ, "records_clerk")``."""
    return uuid5(organ_id, role)


def keys_of(actor: Actor) -> list[UUID]:
    """Return all keys that the chosen hat holds, in order."""
    own = {actor.position_id, actor.person_id} - {None}
    roles = {role_key(organ_id, role) for role, organ_id in actor.roles}
    return sorted(actor.serves | own | roles, key=str)  # type: ignore[arg-type]
