"""Who sits in the offices of a bench: every post is held, and only the accounts that are asked for are there."""

from collections.abc import Callable
from datetime import date

from congso.kernel.actor import Actor
from congso.ops.demo import staff
from congso.ops.demo.keys_to_the_door import PASSWORD
from congso.shared.accounts import commands as accounts
from congso.shared.organs.locality import load_locality
from congso.shared.people import commands as people


def fill_posts(*, has_account: Callable[[staff.Post], bool]) -> None:
    """Load the locality and fill its posts; an account opens with the demo's password."""
    load_locality(staff.IN_OFFICE_SINCE)
    system, now = Actor.system(), staff.IN_OFFICE_SINCE
    for post in staff.posts():
        person = people.register_person(post.name or "Nguyễn Văn Đo", is_generated=True, by=system, now=now)
        people.appoint(
            person.id,
            organ_id=post.organ,
            role=post.role,
            title=post.title,
            rank=post.rank,
            starts=date(2021, 7, 1),
            by=system,
            now=now,
        )
        if has_account(post):
            accounts.create_account(
                person.id, username=post.username, password=PASSWORD, must_change=False, by=system, now=now
            )
