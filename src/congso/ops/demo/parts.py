"""The parts of the demo's data, and what to say at the end."""

from congso.ops.demo import history, papers, staff
from congso.ops.telling import step
from congso.shared.organs import locality


def load_locality() -> None:
    """Load the district of 2023, its communes, villages and organs, and the successors of 1 July 2025."""
    locality.load_locality(staff.IN_OFFICE_SINCE)


def fill_posts() -> None:
    """Put people into the posts and make the keys of who signs."""
    staff.fill(staff.posts())
    with step("Cấp khóa tập huấn cho người ký và cơ quan"):
        staff.enrol_organs()
        history.do_jobs()


def write_history() -> None:
    """Write some months of papers, so that registers, figures and lists are not empty."""
    history.write(papers.history())
    history.leave_on_the_desk()
