"""The examples of the how-to for programs do what it says, run by a shell as a reader runs them."""

import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.documents.models import Document
from congso.modules.documents.tests.factories import NOW, IncomingFactory, drawn_and_signed, make_commune
from congso.shared.accounts import tokens
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import PASSWORD, AccountFactory

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "howto" / "use-the-api.md"
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(shutil.which("curl") is None, reason="no curl here"),
]


@pytest.fixture
def variables(settings, live_server):
    """What the examples take from their surroundings: a clerk's key, papers of the clerk's organ."""
    settings.CONGSO_CLOCK_OFFSET = (NOW - datetime.now(UTC)).total_seconds()
    with clock.at(NOW):
        office = make_commune()
        AccountFactory(person=office.clerk.person)
        paper, arrived = drawn_and_signed(office), IncomingFactory(organ=office.organ)
        by = actor_for(office.clerk.id, on=clock.today())
        made = tokens.make_token(
            new_id(), name="Ví dụ", days=1, password=PASSWORD, by=by, now=NOW, real_now=datetime.now(UTC)
        )
        yield {
            "CONGSO": live_server.url,
            "KEY": made.secret,
            "PAPER": str(paper.id),
            "ORGAN": str(office.organ.id),
            "DRAFT": str(new_id()),
            "ARRIVED": str(arrived.id),
        }


def test_every_example_does_what_the_page_says(variables, tmp_path):
    examples = re.findall(r"```sh( refused)?\n(.*?)```", HOW_TO.read_text(), re.DOTALL)
    said = ""

    for refused, commands in examples:
        done = subprocess.run(
            ["bash", "-e", "-c", commands],
            env={**os.environ, **variables},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert bool(done.returncode) == bool(refused), done.stdout + done.stderr
        said += done.stdout

    assert len(examples) == 5
    assert (tmp_path / "van-ban.pdf").read_bytes().startswith(b"%PDF")
    assert Document.objects.get(id=variables["DRAFT"]).subject == "Kế hoạch chuyển đổi số quý I"
    assert '"arrival_number":1' in said
    assert "không phải là một mã UUID" in said
