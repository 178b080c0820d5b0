"""Under which position the actor works, as the side bar shows it."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Hat:
    """Who acts, as what, for which organ; all empty for a visitor."""

    person: str = ""
    title: str = ""
    organ: str = ""


def hat_of(request: HttpRequest) -> Hat:
    """Return the words of the chosen position, as ``shared.accounts`` put it on the request; no query."""
    account, hat = getattr(request, "account", None), getattr(request, "hat", None)
    if account is None:
        return Hat()
    return Hat(account.person.full_name, hat.title if hat else "", hat.organ_name if hat else "")
