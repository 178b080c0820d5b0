"""Who acts: a frozen value of ids and roles, built by ``shared.accounts`` for each request."""

from dataclasses import dataclass, field
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """One person under one hat, or the system itself, or nobody (an anonymous visitor).

    :param organ_id: the organ that the chosen position belongs to.
    :param serves: ``organ_id`` and the organs above that it works for (an office serves its People's Committee).
    :param roles: pairs of a role's name and the organ in which the position gives it.
    :param is_system: a job of the installation; it is allowed what its command allows and never a person's act.
    """

    account_id: UUID | None = None
    person_id: UUID | None = None
    position_id: UUID | None = None
    organ_id: UUID | None = None
    serves: frozenset[UUID] = frozenset()
    roles: frozenset[tuple[str, UUID]] = field(default_factory=frozenset)
    is_system: bool = False

    @classmethod
    def anonymous(cls) -> Self:
        return cls()

    @classmethod
    def system(cls) -> Self:
        return cls(is_system=True)

    @property
    def is_authenticated(self) -> bool:
        return self.account_id is not None

    def has_role(self, *names: str, in_organ: UUID | None) -> bool:
        """Say whether the chosen position gives one of ``names`` in that organ."""
        return any((name, in_organ) in self.roles for name in names)

    def organs_where(self, *names: str) -> frozenset[UUID]:
        """Return the organs in which the chosen position gives one of ``names``."""
        return frozenset(organ_id for name, organ_id in self.roles if name in names)
