"""Cells = records: at every snapshot, the cells without a mark are what a computation from scratch gives."""

# ruff: noqa: S608 - the statements are constants

import random
import threading
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from congso.shared.areas.models import House
from congso.shared.figures import folding
from congso.shared.figures.folding import day_cells, fold, recompute, regroup
from congso.shared.figures.models import FigureMark, FigureMeasure
from congso.shared.figures.tests.models import registry
from congso.shared.organs.models import PieceHouse
from congso.shared.organs.tests.factories import OrganFactory

NOW = datetime(2023, 11, 29, 2, tzinfo=UTC)
REGISTRY = registry()
ORGANS = [UUID(int=number) for number in range(1, 4)]
DAYS = [date(2023, 11, 20) + timedelta(days=day) for day in range(20)]
HOUSES = [UUID(int=number) for number in range(101, 107)]
WRITERS, TRANSACTIONS, SPLITS = 4, 60, 40
CELLS = "SELECT grain, measure, unit, day, piece, step, value FROM figures_figurecell"


def connect(isolation=psycopg.IsolationLevel.READ_COMMITTED):
    """Return a connection outside Django's, as another process would have."""
    settings = connection.get_connection_params()
    names = {"dbname", "user", "password", "host", "port"}
    opened = psycopg.connect(
        **{name: value for name, value in settings.items() if name in names}, cursor_factory=psycopg.ClientCursor
    )
    opened.isolation_level = isolation
    return opened


@pytest.fixture
def tables(transactional_db):
    """Give the tables with real commits, organs and houses, and the right trigger again afterwards."""
    for organ in ORGANS:
        OrganFactory(id=organ)
    House.objects.bulk_create(House(id=house) for house in HOUSES)
    with connect() as other:
        definition = other.execute("SELECT pg_get_functiondef('paper_marks_figures'::regproc)").fetchone()[0]
    fold(now=NOW, registry=REGISTRY)
    yield
    with connect() as other:
        other.execute(definition)


FILE = """
    INSERT INTO figures_tests_paper
    VALUES (gen_random_uuid(), %(organ)s, %(day)s, 'issued', %(odd)s, %(pages)s, '', %(house)s)
"""
ONE = "id = (SELECT id FROM figures_tests_paper ORDER BY md5(id::text || %(lot)s) LIMIT 1)"
MOVE = f"UPDATE figures_tests_paper SET organ_id = %(organ)s WHERE {ONE}"
ACTS = [
    FILE,
    FILE,
    MOVE,
    f"UPDATE figures_tests_paper SET issued_date = %(day)s WHERE {ONE}",
    f"UPDATE figures_tests_paper SET house_id = %(house)s WHERE {ONE}",
    f"UPDATE figures_tests_paper SET is_signed = NOT is_signed WHERE {ONE}",
    f"UPDATE figures_tests_paper SET state = 'withdrawn', pages = 7 WHERE {ONE}",
    f"DELETE FROM figures_tests_paper WHERE {ONE}",
    f"SAVEPOINT part; {MOVE}; ROLLBACK TO SAVEPOINT part",
    """
    MERGE INTO figures_tests_paper p USING (VALUES (%(organ)s::uuid, %(day)s::date)) AS v(organ, day)
    ON p.organ_id = v.organ AND p.issued_date = v.day
    WHEN MATCHED THEN UPDATE SET pages = p.pages + 1
    WHEN NOT MATCHED THEN INSERT VALUES (gen_random_uuid(), v.organ, v.day, 'issued', true, 1, '', %(house)s)
    """,
]


def act(chance, database):
    """Do one random act: file, correct, move, withdraw, sign, delete, several at once, undo a part."""
    facts = {"organ": chance.choice(ORGANS), "day": chance.choice(DAYS), "lot": str(chance.random())}
    facts["house"] = chance.choice([None, *HOUSES])
    database.execute(chance.choice(ACTS), facts | {"odd": chance.random() < 0.8, "pages": chance.randrange(5)})


def write(seed):
    chance = random.Random(seed)
    level = psycopg.IsolationLevel.REPEATABLE_READ if seed % 3 == 0 else psycopg.IsolationLevel.READ_COMMITTED
    with closing(connect(level)) as database:
        for _ in range(TRANSACTIONS):
            try:
                for _ in range(chance.randrange(1, 4)):
                    act(chance, database)
                if chance.random() < 0.1:
                    database.rollback()
                else:
                    database.commit()
            except psycopg.OperationalError:
                # Another transaction was first (REPEATABLE READ) or each waits for the other: nothing is done.
                database.rollback()


def put_into_piece(organ, house, piece):
    """Say to which piece of an organ a house belongs, as a split does."""
    PieceHouse.objects.filter(organ_id=organ, house_id=house).delete()
    if piece:
        PieceHouse.objects.create(organ_id=organ, house_id=house, piece=piece)


def split():
    chance = random.Random(11)
    try:
        for _ in range(SPLITS):
            with transaction.atomic():
                organ = chance.choice(ORGANS)
                for house in chance.sample(HOUSES, 3):
                    put_into_piece(organ, house, chance.randrange(4))
                regroup([organ], registry=REGISTRY)
            time.sleep(0.003)
    finally:
        connection.close()


def fold_until(done, *, is_mortal):
    chance = random.Random(7)
    try:
        while not done.is_set():
            with connection.cursor() as cursor:
                cursor.execute("SET statement_timeout = %s", [2 if is_mortal and chance.random() < 0.4 else 0])
            try:
                fold(now=NOW, registry=REGISTRY)
            except DatabaseError:
                # It died on the way; what it had taken is marked again.
                connection.close()
            time.sleep(0.002)
    finally:
        connection.close()


def differences(database):
    """Return the unmarked cells of days that differ from the records, both seen in one snapshot."""
    (track,) = [track for track in REGISTRY.tracks() if track.name.startswith("figures_tests_paper")]
    numbers = dict(FigureMeasure.objects.values_list("code", "id"))
    sql, parameters = day_cells(track, REGISTRY.tracks()[track], numbers)
    measures = [numbers[measure.code] for measure, _step in REGISTRY.tracks()[track]]
    stored = database.execute(f"{CELLS} WHERE grain = 1 AND measure = ANY(%s)", [measures]).fetchall()
    computed = database.execute(sql, parameters).fetchall()
    marked = set(database.execute("SELECT unit, day FROM figures_figuremark WHERE track = %s", [track.name]).fetchall())
    database.rollback()
    return {cell for cell in set(stored) ^ set(computed) if (cell[2], cell[3]) not in marked}


def all_cells():
    with connection.cursor() as cursor:
        cursor.execute(CELLS)
        return set(cursor.fetchall())


def test_writers_and_folders_side_by_side_never_leave_a_wrong_cell(tables):
    done = threading.Event()
    writers = [threading.Thread(target=write, args=[seed]) for seed in range(WRITERS)]
    writers.append(threading.Thread(target=split))
    folders = [threading.Thread(target=fold_until, args=[done], kwargs={"is_mortal": mortal}) for mortal in (0, 1)]
    snapshots, wrong = 0, set()
    with closing(connect(psycopg.IsolationLevel.REPEATABLE_READ)) as observer:
        for thread in writers + folders:
            thread.start()
        while any(writer.is_alive() for writer in writers):
            wrong |= differences(observer)
            snapshots += 1
        done.set()
        for thread in folders:
            thread.join()

    while fold(now=NOW, registry=REGISTRY):
        pass
    folded = all_cells()
    recompute(now=NOW, registry=REGISTRY)

    assert (wrong, snapshots > 3) == (set(), True)
    assert len(folded) > 50
    assert len({cell[4] for cell in folded}) > 2
    assert folded == all_cells()


FILE_ONE = f"INSERT INTO figures_tests_paper VALUES (gen_random_uuid(), %s, %s, 'issued', true, 1, '', '{HOUSES[0]}')"
SIGN_NOT = "UPDATE figures_tests_paper SET is_signed = false"
MOVE_ALL = "UPDATE figures_tests_paper SET issued_date = issued_date + 1"


def wrong_after(*acts):
    """File one paper, do the acts, fold after each; return what is wrong in the end."""
    with closing(connect()) as database:
        database.execute(FILE_ONE, [ORGANS[0], DAYS[0]])
        for statement in ("SELECT 1", *acts):
            database.execute(statement)
            database.commit()
            fold(now=NOW, registry=REGISTRY)
        return differences(database)


def replace_in_trigger(old, new):
    with connect() as database:
        definition = database.execute("SELECT pg_get_functiondef('paper_marks_figures'::regproc)").fetchone()[0]
        assert old in definition
        database.execute(definition.replace(old, new))


class TestTheTestSees:
    """Each of these mistakes was once made; a test that passes with them would be worth nothing."""

    def test_nothing_wrong_with_the_right_trigger(self, tables):
        assert wrong_after(SIGN_NOT, MOVE_ALL) == set()

    def test_that_only_the_new_row_is_marked(self, tables):
        replace_in_trigger("IF TG_OP <> 'INSERT' THEN", "IF false THEN")

        assert wrong_after(MOVE_ALL) != set()

    def test_that_a_column_is_forgotten(self, tables):
        replace_in_trigger(
            "IF TG_OP <> 'INSERT' THEN",
            "IF TG_OP = 'UPDATE' AND (OLD.is_signed, OLD.state) IS DISTINCT FROM (NEW.is_signed, NEW.state)"
            " THEN RETURN NULL; END IF; IF TG_OP <> 'INSERT' THEN",
        )

        assert wrong_after(SIGN_NOT) != set()

    @pytest.mark.parametrize("is_unique", [False, True])
    def test_that_a_mark_is_shared_with_a_running_transaction(self, tables, is_unique):
        if is_unique:
            replace_in_trigger(
                "AS mark(track, unit, day) WHERE",
                "AS mark(track, unit, day) WHERE NOT EXISTS (SELECT FROM figures_figuremark f"
                " WHERE (f.track, f.unit, f.day) = (mark.track, mark.unit, mark.day::date)) AND",
            )
        with closing(connect()) as first, closing(connect()) as slow:
            first.execute(FILE_ONE, [ORGANS[0], DAYS[0]])
            first.commit()
            slow.execute(FILE_ONE, [ORGANS[0], DAYS[0]])
            fold(now=NOW, registry=REGISTRY)
            slow.commit()

            assert (differences(first) != set()) is is_unique

    @pytest.mark.parametrize("is_forgotten", [False, True])
    def test_that_pieces_change_and_nothing_is_marked(self, tables, is_forgotten):
        with closing(connect()) as database:
            database.execute(FILE_ONE, [ORGANS[0], DAYS[0]])
            database.commit()
            fold(now=NOW, registry=REGISTRY)
            with transaction.atomic():
                put_into_piece(ORGANS[0], HOUSES[0], 1)
                if not is_forgotten:
                    regroup([ORGANS[0]], registry=REGISTRY)
            fold(now=NOW, registry=REGISTRY)

            assert (differences(database) != set()) is is_forgotten

    @pytest.mark.parametrize("is_locked", [True, False])
    def test_that_a_fold_runs_while_pieces_change(self, tables, is_locked):
        with closing(connect()) as database:
            with transaction.atomic():
                put_into_piece(ORGANS[0], HOUSES[0], 1)
                if is_locked:
                    regroup([ORGANS[0]], registry=REGISTRY)
                database.execute(FILE_ONE, [ORGANS[0], DAYS[0]])
                database.commit()
                folder = threading.Thread(target=fold_once)
                folder.start()
                folder.join(timeout=0.2 if is_locked else None)
            folder.join()

            assert (differences(database) == set()) is is_locked


def fold_once():
    try:
        fold(now=NOW, registry=REGISTRY)
    finally:
        connection.close()


def test_a_fold_takes_at_most_a_batch(tables, monkeypatch):
    monkeypatch.setattr(folding, "BATCH", 3)
    FigureMark.objects.bulk_create(FigureMark(track="gone", unit=ORGANS[0], day=day) for day in DAYS[:5])

    taken = [folding.fold(now=NOW, registry=REGISTRY) for _ in range(3)]

    assert taken == [3, 2, 0]
