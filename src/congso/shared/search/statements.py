"""What is asked of the database.

The newest matches come first, so they are looked for first: this week, the weeks before, the months before, then all
that is older. Each part finds its week or month in the same index as words and audience. PostgreSQL runs the parts one
after the other and stops as soon as there are enough rows: whoever asks for common words is served by the first,
without all matches of all years being fetched and sorted; whoever asks for rare ones pays little for each part.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

# Only so many of the newest matches are put in order and counted; the rest is found by asking more narrowly.
MOST_RANKED: Final = 500
WEEKS, MONTHS = 4, 3
MONDAY: Final = date(2000, 1, 3)
IN_A_YEAR: Final = 12

INDEX: Final = """
    INSERT INTO search_entry (id, kind, record_id, day, week, month, title, folded, written, audience)
    VALUES (
        %(id)s, %(kind)s, %(record_id)s, %(day)s, %(week)s, %(month)s, %(title)s,
        setweight(to_tsvector('congso_folded', %(title_words)s), 'A')
            || setweight(to_tsvector('congso_folded', %(text_words)s), 'D'),
        to_tsvector('pg_catalog.simple', %(title_words)s || ' ' || %(text_words)s),
        %(audience)s::uuid[]
    )
    ON CONFLICT (kind, record_id) DO UPDATE
    SET day = excluded.day, week = excluded.week, month = excluded.month, title = excluded.title,
        folded = excluded.folded, written = excluded.written,
        audience = excluded.audience
"""
_PART: Final = """(
    SELECT id, kind FROM search_entry
    WHERE folded @@ plainto_tsquery('congso_folded', %(words)s) AND audience && %(keys)s::uuid[]
      AND kind = ANY(%(kinds)s) AND {when}
    ORDER BY day DESC, id DESC LIMIT %(most)s
)"""
# The rows are joined with their words only now: sorting them wide would cost more than all else.
_FOUND: Final = """
    , by_kind AS (
        SELECT kind, count(*) AS number FROM newest GROUP BY kind
    ), ordered AS (
        SELECT entry.kind, record_id, entry.day, title, row_number() OVER (
            ORDER BY (numnode(marked) = 0 OR written @@ marked) DESC,
                     round(ts_rank('{0.1, 0.1, 0.1, 1.0}', folded, words)::numeric, 1) DESC,
                     entry.day DESC, entry.id DESC
        ) AS place
        FROM newest JOIN search_entry AS entry USING (id),
             plainto_tsquery('congso_folded', %(words)s) AS words,
             plainto_tsquery('pg_catalog.simple', %(marked)s) AS marked
    )
    SELECT kind, record_id, day, title, (SELECT jsonb_object_agg(kind, number) FROM by_kind)
    FROM ordered ORDER BY place LIMIT %(limit)s
"""


def week_of(day: date) -> int:
    """Return in which week a day is, counted from a Monday of the year 2000."""
    return (day - MONDAY).days // 7


def month_of(day: date) -> int:
    """Return in which month a day is, counted from the year 0."""
    return day.year * IN_A_YEAR + day.month - 1


def found(today: date) -> str:
    """Return the statement that finds hits in their order, each with how many there are of each kind."""
    parts = " UNION ALL ".join(_PART.format(when=when) for when in _times(today))
    return f"WITH newest AS MATERIALIZED ({parts} LIMIT %(most)s) {_FOUND}"


def _times(today: date) -> Iterator[str]:
    """Yield the times of the parts as conditions, the newest first; they are whole numbers and days of our own."""
    week = week_of(today)
    begin = MONDAY + timedelta(weeks=week)
    yield f"week >= {week + 1}"
    for back in range(WEEKS):
        yield f"week = {week - back}"
    begin -= timedelta(weeks=WEEKS - 1)
    month = month_of(begin)
    for back in range(MONTHS):
        yield f"month = {month - back} AND day < '{begin}'"
    year, number = divmod(month - MONTHS + 1, IN_A_YEAR)
    yield f"day < '{date(year, number + 1, 1)}'"
