"""An exported dossier opens and verifies with none of our code, and any touched byte shows."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import commands, signables
from congso.modules.documents.dossiers import exporting, filling
from congso.modules.documents.models import DossierExport
from congso.modules.documents.tests.dossiers import make_dossier, put_file, put_paper
from congso.modules.documents.tests.factories import NOW, draft_input, make_commune
from congso.modules.documents.tests.worker import forget_jobs, run_jobs
from congso.modules.signing import public as signing
from congso.shared import files
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import media
from congso.shared.files.models import StoredFile
from congso.shared.journal.models import JournalLine
from congso.shared.keys.tests.factories import PIN, made_key


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


def exported(dossier, office, by="author"):
    export = exporting.ask_for_export(new_id(), dossier.id, by=office.actor(by), now=NOW)
    run_jobs(twice=True, except_for=frozenset())
    return DossierExport.objects.get(id=export.id)


def unpacked(export, folder):
    with zipfile.ZipFile(io.BytesIO(files.read(export.file_id))) as archive:
        archive.extractall(folder)
    [top] = folder.iterdir()
    return top


def checked(folder, **more):
    command = [sys.executable, "-I", str(folder / "verify.py")]
    return subprocess.run(command, capture_output=True, check=False, cwd="/", **more)


def summed(folder):
    """Make the sums right again, as somebody who wants to deceive would."""
    names = sorted(
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "SHA256SUMS"
    )
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (folder / "SHA256SUMS").write_text("".join(lines))


def signed_paper(office):
    """Return a paper with the real signature of its leader."""
    made_key("person", office.chair.person_id, now=NOW)
    by, chair = office.actor("author"), office.actor("chair")
    draft = draft_input(office, office.organ, reviewer_ids=[], subject='Kế hoạch <b>"lạ"</b> & dài')
    document = commands.create_draft(new_id(), draft, by=by, now=NOW)
    document = commands.submit_for_review(document.id, by=by, now=NOW)
    commands.mark_read(document.id, str(document.file_id), by=chair, now=NOW)
    [info] = signables.describe([document.id], chair)
    signing.request_signatures([info.order], pin=PIN, by=chair, now=NOW)
    run_jobs()
    return document


@pytest.fixture
def folder(transactional_db, tmp_path):
    """A dossier with a drawn paper, an incoming one and a picture, its journal sealed, written out and unpacked."""
    forget_jobs()
    office = make_commune()
    dossier = make_dossier(office)
    by = office.actor("author")
    filling.put_in(dossier.id, "document", signed_paper(office).id, by=by, now=NOW)
    put_file(dossier, office)
    return unpacked(exported(dossier, office), tmp_path)


def test_it_holds_and_says_so_with_a_bare_python(folder):
    done = checked(folder)

    assert done.returncode == 0, done.stdout.decode()
    assert "hồ sơ nguyên vẹn" in done.stdout.decode()
    journal = json.loads((folder / "nhat-ky.json").read_text())
    assert journal["seals"]
    assert any(line["seal"] for line in journal["lines"])
    index = (folder / "index.html").read_text()
    assert "&lt;b&gt;" in index
    assert "<script" not in index
    [paper] = [one for one in json.loads((folder / "chu-ky.json").read_text()) if one["signatures"]]
    assert paper["verdict"] == "passed"
    root = ET.fromstring((folder / "metadata.xml").read_bytes())  # noqa: S314 - our own
    assert root.findtext("FileCode/FileNotation") == "01.TCCB"
    assert root.findtext("DocTotal") == "2"
    tampered_with_in_turn(folder)
    bare = checked(folder, env={"PATH": ""})
    assert (bare.returncode, "hồ sơ nguyên vẹn" in bare.stdout.decode()) == (2, False)
    assert "không có openssl; chữ ký trong PDF chưa kiểm" in bare.stdout.decode()


def tampered_with_in_turn(folder):
    """Each deceit alone is found; making the folder once is dear, so they follow in one test."""
    for deceive in DECEITS:
        code, said = touched(folder, deceive)
        assert (code, "KHÔNG còn nguyên vẹn" in said) == (1, True), deceive
    for deceive, words in CLEVERER.items():
        code, said = touched(folder, deceive)
        assert (code, "hồ sơ nguyên vẹn" in said, words in said) == (2, False, True), deceive
    assert checked(folder).returncode == 0


def touched(folder, deceive):
    """Return how the check ends after a deceit; the folder is as before."""
    kept = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    deceive(folder)
    done = checked(folder)
    for file in [file for file in folder.rglob("*") if file.is_file()]:
        file.write_bytes(kept[file]) if file in kept else file.unlink()
    return done.returncode, done.stdout.decode()


def flip_a_byte(folder):
    file = next((folder / "van-ban").iterdir())
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def change_a_line(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    line = next(line for line in journal["lines"] if line["seal"])
    line["content"][0] = line["content"][0].replace("2023", "2022")
    (folder / "nhat-ky.json").write_text(json.dumps(journal))
    summed(folder)


def change_a_seal(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    journal["seals"][0]["sealed_at"] = journal["seals"][0]["sealed_at"].replace("2023", "2022")
    (folder / "nhat-ky.json").write_text(json.dumps(journal))
    summed(folder)


def add_a_file(folder):
    (folder / "van-ban" / "lạ.pdf").write_bytes(b"x")


def add_a_file_and_its_sum(folder):
    add_a_file(folder)
    summed(folder)


def change_a_file_and_its_sum(folder):
    flip_a_byte(folder)
    summed(folder)


def change_a_file_and_all_that_names_it(folder):
    flip_a_byte(folder)
    file = next((folder / "van-ban").iterdir())
    findings = json.loads((folder / "chu-ky.json").read_text())
    for said in findings:
        if said["file"] == f"van-ban/{file.name}":
            said |= {"sha256": hashlib.sha256(file.read_bytes()).hexdigest(), "verdict": "failed"}
    (folder / "chu-ky.json").write_text(json.dumps(findings))
    summed(folder)


def change_the_metadata(folder):
    text = (folder / "metadata.xml").read_text()
    (folder / "metadata.xml").write_text(text.replace("01.TCCB", "02.TCCB"))
    summed(folder)


def change_a_line_and_unseal_it(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    line = next(line for line in journal["lines"] if line["seal"])
    line["content"][0] = line["content"][0].replace("2023", "2022")
    line |= {"seal": None, "path": []}
    (folder / "nhat-ky.json").write_text(json.dumps(journal))
    summed(folder)


def unseal_it_outside_of_all_seals(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    end = max(seal["end_transaction"] for seal in journal["seals"])
    line = next(line for line in journal["lines"] if line["seal"])
    line |= {"seal": None, "path": [], "transaction": end}
    (folder / "nhat-ky.json").write_text(json.dumps(journal))
    summed(folder)


def leave_out_all_seals_and_change_a_file(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    for line in journal["lines"]:
        line |= {"seal": None, "path": []}
    (folder / "nhat-ky.json").write_text(json.dumps(journal | {"seals": []}))
    change_a_file_and_all_that_names_it(folder)


def leave_out_the_lines_of_a_file(folder):
    journal = json.loads((folder / "nhat-ky.json").read_text())
    kept = [line for line in journal["lines"] if line["content"][1] != "documents.file_put_in_dossier"]
    (folder / "nhat-ky.json").write_text(json.dumps(journal | {"lines": kept}))
    summed(folder)


DECEITS = (
    flip_a_byte,
    change_a_line,
    change_a_seal,
    add_a_file,
    add_a_file_and_its_sum,
    change_a_file_and_its_sum,
    change_a_file_and_all_that_names_it,
    change_the_metadata,
    change_a_line_and_unseal_it,
)
# What contradicts nothing is not called whole either.
CLEVERER = {
    unseal_it_outside_of_all_seals: "1 dòng chưa niêm phong",
    leave_out_all_seals_and_change_a_file: "chưa đối chiếu được với nhật ký: index.html",
    leave_out_the_lines_of_a_file: "chưa đối chiếu được với nhật ký: tep/002_",
}


def test_the_script_uses_none_of_our_code(folder):
    script = (folder / "verify.py").read_text()

    assert "congso" not in script.replace("congso journal seal 1", "")


@pytest.mark.django_db
class TestAsk:
    @pytest.fixture
    def office(self):
        return make_commune()

    def test_what_one_may_not_read_is_named_without_its_file(self, office, tmp_path):
        dossier = make_dossier(office)
        draft = commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)
        filling.put_in(dossier.id, "document", draft.id, by=office.actor("author"), now=NOW)

        folder = unpacked(exported(dossier, office, by="chair"), tmp_path)

        assert not (folder / "van-ban").exists()
        assert "không có tệp" in (folder / "index.html").read_text()

    def test_it_is_on_record_and_only_for_who_sees_the_dossier(self, office):
        dossier = make_dossier(office)
        export = exporting.ask_for_export(new_id(), dossier.id, by=office.actor("author"), now=NOW)

        again = exporting.ask_for_export(export.id, dossier.id, by=office.actor("author"), now=NOW)

        assert again == export
        assert JournalLine.objects.filter(subject_id=dossier.id, act="documents.dossier_exported").count() == 1
        with pytest.raises(NotFound):
            exporting.ask_for_export(new_id(), dossier.id, by=make_commune("Tế Lợi").actor("chair"), now=NOW)

    def test_a_file_that_is_lost_is_said_and_nothing_is_written(self, office):
        dossier = make_dossier(office)
        put_paper(dossier, office)

        export = exported(dossier, office)

        assert export.file is None
        assert "thiếu hoặc hỏng" in export.failure

    def test_what_is_too_big_is_refused_before_anything_is_read(self, office, monkeypatch):
        dossier = make_dossier(office)
        item = put_file(dossier, office)
        monkeypatch.setattr(exporting, "MOST_BYTES", item.file.size - 1)
        monkeypatch.setattr(files, "read", lambda _sha256: pytest.fail("a file was read"))

        export = exported(dossier, office)

        assert "250 MB" in export.failure

    def test_who_asked_for_it_downloads_it(self, office):
        dossier = make_dossier(office)
        put_file(dossier, office)
        export = exported(dossier, office)
        client = Client()
        sign_in(client, office.author)

        response = client.get(reverse("documents:dossier_export", args=[dossier.id, export.id]))

        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == 'attachment; filename="ho-so-2023-01-tccb.zip"'
        assert response.headers["Content-Type"] == media.ZIP
        assert b"".join(response) == files.read(export.file_id)

    def test_old_ones_are_forgotten_with_their_bytes(self, office, django_capture_on_commit_callbacks):
        dossier = make_dossier(office)
        put_file(dossier, office)
        export = exported(dossier, office)

        with django_capture_on_commit_callbacks(execute=True):
            assert exporting.forget_exports(now=NOW + timedelta(days=31)) == 1

        assert not StoredFile.objects.filter(sha256=export.file_id).exists()
        assert StoredFile.objects.filter(media_type="image/png").exists()
