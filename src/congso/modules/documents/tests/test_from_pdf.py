"""A PDF made elsewhere becomes a paper: its places found, moved, signed, numbered, sealed."""

import subprocess

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile

from congso.kernel import clock
from congso.kernel.errors import NotFound
from congso.kernel.ids import new_id
from congso.modules.documents import commands, placing
from congso.modules.documents.commands.from_pdf import PdfTurned
from congso.modules.documents.kinds import DocumentState
from congso.modules.documents.models import Document, Incoming
from congso.modules.documents.placing import PlaceOffPage
from congso.modules.documents.queries.access import NotADraft
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    DocumentFactory,
    body_of,
    draft_input,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.test_pages import browser, url
from congso.modules.documents.tests.test_pages import typed as typed_draft
from congso.modules.documents.tests.test_story import issued, with_keys
from congso.shared import serif
from congso.shared.files import pages, pdf_door
from congso.shared.files.keeping import read
from congso.shared.files.pages import PdfEncrypted, PdfNotReadable, PdfTooLarge
from congso.shared.files.pdf_door import PdfActs, PdfAlreadySigned, PdfHidesFiles, PdfIsForm
from congso.shared.files.tests import hostile
from congso.shared.journal.models import JournalLine
from congso.shared.search import find

pytestmark = pytest.mark.django_db

PAPER = """
#set page(paper: "a4", margin: (left: 30mm, right: 18mm, y: 20mm))
#set text(font: "Tinos", size: 13pt)
#grid(columns: (1fr, 1.4fr), align: center,
  [UBND HUYỆN NÔNG CỐNG \\ #v(6pt) Số:#h(30pt)/KH-UBND],
  [CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM \\ #v(6pt) _Nông Cống, ngày#h(14pt)tháng#h(14pt)năm 2023_])
#v(30pt)
Kế hoạch nạo vét kênh mương nội đồng.
#pagebreak()
#v(200pt)
#align(right, block(width: 60%, align(center)[*CHỦ TỊCH* #v(90pt) *SIGNER*]))
"""


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def draft(office):
    return commands.create_draft(new_id(), draft_input(office), by=office.actor("author"), now=NOW)


def made_elsewhere(signer="Nguyễn Văn Không", source=PAPER):
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(serif.FOLDER)])
    serif.files()
    return typst.Compiler(input=source.replace("SIGNER", signer).encode(), font_paths=fonts).compile(format="pdf")


def taken(document, office, pdf=None, **more):
    pdf = made_elsewhere(office.chair.person.full_name) if pdf is None else pdf
    by = office.actor("author")
    return commands.take_pdf(document.id, pdf, name="ke-hoach.pdf", by=by, now=NOW, **more)


def places_of(document):
    return placing.from_json(Document.objects.get(id=document.id).places)


def corners_of(document, **moved):
    sheets = pages.sheets_of(read(document.uploaded_pdf_id))
    corners = {
        name: (place.page, place.from_left_mm(sheets[0]), place.from_top_mm(sheets[0]))
        for name, place in places_of(document).items()
    }
    return {**corners, **moved}


class TestTake:
    def test_number_date_and_signature_are_found_in_the_words(self, office, draft):
        document = taken(draft, office)

        places = places_of(document)
        number, date, leader, seal = (places[name] for name in placing.NAMES)
        [first, second] = pages.runs_of(read(document.uploaded_pdf_id), [1, 2])
        printed = next(run for run in first if run.text.startswith("Số:"))
        signer = next(run for run in second if run.text == office.chair.person.full_name)
        assert (document.pages, number.page, date.page, leader.page, seal.page) == (2, 1, 1, 2, 2)
        assert printed.xs[3] < number.x0 < number.x1 < printed.xs[3] + 40
        assert (number.whole, date.covers) == (False, True)
        assert abs((leader.x0 + leader.x1) / 2 - (signer.xs[0] + signer.xs[-1]) / 2) < 1
        assert 0 < leader.y0 - signer.top < 10
        assert seal.x0 < leader.x0 < seal.x1 < leader.x1
        assert JournalLine.objects.get(act="documents.pdf_taken").facts == {"file": document.uploaded_pdf_id}

    def test_a_scan_without_words_gets_the_usual_places(self, office, draft):
        places = places_of(taken(draft, office, hostile.plain()))

        assert places["so"].whole
        assert all(0 <= place.x0 < place.x1 <= 595 and 0 <= place.y0 < place.y1 <= 842 for place in places.values())

    @pytest.mark.parametrize(
        ("make", "refusal"),
        [
            pytest.param(hostile.signed, PdfAlreadySigned, id="signed"),
            pytest.param(lambda: hostile.encrypted(for_all=False), PdfEncrypted, id="encrypted"),
            pytest.param(hostile.with_script, PdfActs, id="script"),
            pytest.param(hostile.with_launch, PdfActs, id="launch"),
            pytest.param(hostile.with_embedded_file, PdfHidesFiles, id="embedded file"),
            pytest.param(hostile.with_xfa, PdfIsForm, id="XFA"),
            pytest.param(lambda: hostile.truncated() + b"%%EOF", PdfNotReadable, id="truncated"),
            pytest.param(lambda: hostile.many_pages(10_001), PdfTooLarge, id="10,001 pages"),
            pytest.param(lambda: hostile.turned(90), PdfTurned, id="turned"),
            pytest.param(lambda: made_elsewhere(source="TUYỆT MẬT"), SecretContent, id="secret"),
        ],
    )
    def test_what_cannot_become_a_paper_is_refused_with_a_reason(self, office, draft, make, refusal):
        with pytest.raises(refusal):
            taken(draft, office, make())

        assert Document.objects.get(id=draft.id).uploaded_pdf_id is None

    def test_fields_of_its_own_become_part_of_the_page(self, office, draft):
        form = hostile.with_root(AcroForm={"Fields": [{"FT": "/Tx", "T": "so", "V": "x"}]})

        document = taken(draft, office, form)

        assert read(document.uploaded_pdf_id) != form

    @pytest.mark.parametrize(("fields", "times"), [([], 1), ([{"FT": "/Tx", "T": "so", "V": "x"}], 2)])
    def test_a_file_is_looked_into_once_and_what_is_drawn_anew_again(self, office, draft, monkeypatch, fields, times):
        looked_into = []
        look = pdf_door._inspector.ask
        monkeypatch.setattr(
            pdf_door._inspector, "ask", lambda *given, **more: looked_into.append(given) or look(*given, **more)
        )

        taken(draft, office, hostile.with_root(**{"AcroForm": {"Fields": fields}} if fields else {}))

        assert len(looked_into) == times

    def test_nobody_else_may_and_not_on_its_way(self, office, draft):
        with pytest.raises(NotFound):
            commands.take_pdf(draft.id, made_elsewhere(), name="a.pdf", by=office.actor("chair"), now=NOW)
        away = DocumentFactory(author=office.author, organ=office.organ, approved=True)
        with pytest.raises(NotADraft):
            taken(away, office)


class TestPlace:
    def test_places_move_in_millimetres(self, office, draft):
        document = taken(draft, office)

        commands.place_on_pdf(
            document.id, corners_of(document, organ=(1, 20.0, 30.0)), by=office.actor("author"), now=LATER
        )

        seal = places_of(document)["organ"]
        assert (seal.page, round(seal.x0, 1), round(seal.y1, 1)) == (1, 56.7, 756.9)
        assert JournalLine.objects.filter(act="documents.pdf_placed", subject_id=document.id).count() == 1

    @pytest.mark.parametrize(
        "corner", [(1, -5.0, 10.0), (1, 200.0, 10.0), (3, 10.0, 10.0), (0, 1.0, 1.0), (1, 10.0, 290.0)]
    )
    def test_a_place_off_the_page_is_refused_and_none_is_moved(self, office, draft, corner):
        document = taken(draft, office)
        before = places_of(document)

        with pytest.raises(PlaceOffPage):
            commands.place_on_pdf(document.id, corners_of(document, organ=corner), by=office.actor("author"), now=LATER)

        assert places_of(document) == before

    def test_the_file_can_be_dropped_and_what_was_typed_counts_again(self, office, draft):
        document = commands.drop_pdf(taken(draft, office).id, by=office.actor("author"), now=LATER)

        assert (document.uploaded_pdf_id, document.places, document.body) == (None, {}, body_of())


def life_of(pdf):
    """Take a file through signature, number, seal and issue; return the paper."""
    district, commune = with_keys(make_district()), make_commune()
    by = district.actor("author")
    said = draft_input(district, commune.organ, reviewer_ids=[], body={"type": "doc", "content": []})
    draft = commands.create_draft(new_id(), said, by=by, now=NOW)
    taken(draft, district, pdf)
    return district, commune, issued(district, commands.submit_for_review(draft.id, by=by, now=NOW))


class TestLife:
    def test_it_is_signed_numbered_and_sealed_like_a_drawn_paper(self, tmp_path):
        district, commune, document = life_of(None)

        assert (document.state, document.leader_validated, document.organ_validated) == (
            DocumentState.ISSUED,
            True,
            True,
        )
        path = tmp_path / "issued.pdf"
        path.write_bytes(read(document.sealed_pdf_id))
        said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
        assert said.count("Signature is Valid") == 2
        [first, _second] = pages.runs_of(pages.rebuilt(path.read_bytes()), [1, 2])
        words = " ".join(run.text for run in first)
        assert "ngày 29 tháng 11 năm 2023" in words
        assert Incoming.objects.get(organ=commune.organ).pages == 2
        assert find("nao vet kenh muong", by=district.actor("author"))

    def test_a_scan_without_a_single_font_is_too(self):
        _district, _commune, document = life_of(hostile.plain())

        assert (document.leader_validated, document.organ_validated) == (True, True)

    def test_a_paper_given_back_is_a_draft_with_its_file(self, office):
        by = office.actor("author")
        draft = commands.create_draft(
            new_id(), draft_input(office, make_commune().organ, reviewer_ids=[]), by=by, now=NOW
        )
        taken(draft, office)
        commands.submit_for_review(draft.id, by=by, now=NOW)

        document = commands.take_back(draft.id, by=by, now=LATER)

        assert (document.state, document.pages) == (DocumentState.DRAFT, 2)
        assert document.file_id == document.uploaded_pdf_id


def typed_places(response):
    """What the browser sends of the form as it stands."""
    groups = response.context["form"].groups()
    return {bound.name: bound.value() for _name, _label, bounds in groups for bound in bounds}


class TestPages:
    def test_a_file_is_chosen_placed_and_dropped(self, office, draft):
        client, pdf = browser(office.author), made_elsewhere(office.chair.person.full_name)

        asked = client.get(url("from_pdf", draft.id)).text
        chosen = client.post(url("from_pdf", draft.id), {"file": SimpleUploadedFile("a.pdf", pdf)}, follow=True)
        typed = {
            bound.name: bound.value() for _name, _label, bounds in chosen.context["form"].groups() for bound in bounds
        }
        kept = client.post(url("place_on_pdf", draft.id), typed | {"organ_left": "20.5", "act": "look"})
        composing = client.get(url("edit", draft.id)).text
        client.post(url("drop_pdf", draft.id))

        assert "Chọn tệp" in asked
        assert chosen.text.count('<g class="cs-place"') == 4
        assert kept["Location"] == url("from_pdf", draft.id)
        assert "Dùng tệp PDF đã có, 2 trang" in composing
        assert Document.objects.get(id=draft.id).uploaded_pdf_id is None

    def test_what_is_wrong_with_the_file_is_said_beside_it(self, office, draft):
        file = SimpleUploadedFile("a.pdf", hostile.with_script())

        response = browser(office.author).post(url("from_pdf", draft.id), {"file": file})

        assert response.status_code == 422
        assert "có mã lệnh" in response.text

    def test_a_place_off_the_page_is_said_and_what_was_typed_stays(self, office, draft):
        client = browser(office.author)
        taken(draft, office)
        typed = typed_places(client.get(url("from_pdf", draft.id)))

        response = client.post(url("place_on_pdf", draft.id), typed | {"organ_left": "250"})

        assert response.status_code == 422
        assert "nằm ngoài trang" in response.text
        assert 'value="250"' in response.text

    @pytest.mark.parametrize(("act", "name", "more"), [("pdf", "from_pdf", []), ("attach", "panel", ["tep-kem"])])
    def test_the_buttons_of_the_form_lead_to_files(self, office, act, name, more):
        document_id = new_id()

        response = browser(office.author).post(url("edit", document_id), typed_draft(office, act=act))

        assert response["Location"].startswith(
            url(name, *([document_id, "tep-kem"] if name == "panel" else [document_id]))
        )
