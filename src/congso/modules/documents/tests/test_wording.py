"""Types and styles are rows: who corrects them, and what papers on their way see of it."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from congso.kernel.errors import InvalidInput, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import catalogue, commands, notations, papers
from congso.modules.documents.commands import StyleInput, TypeInput
from congso.modules.documents.commands.wording import AbbreviationTaken
from congso.modules.documents.models import TypeVersion
from congso.modules.documents.notations import PatternNotUsable
from congso.modules.documents.tests.factories import NOW, draft_input, drawn_and_signed, make_district
from congso.shared.accounts.queries import actor_for
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.files import pages
from congso.shared.journal.models import JournalLine
from congso.shared.organs.models import OrganKind
from congso.shared.organs.tests.factories import OrganFactory
from congso.shared.people.tests.factories import DAY, PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped():
    catalogue.keep_shipped()
    yield
    catalogue.keep_shipped()


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def admin(office):
    return actor_for(PositionFactory(organ=office.organ, administrator=True).id, on=DAY)


def type_input(code="KH", **changes):
    known = catalogue.shipped_types()[code]
    values = {name: getattr(known, name) for name in TypeInput.__slots__}
    return TypeInput(**(values | changes))


def style_input(kind=OrganKind.PARTY_COMMITTEE, **changes):
    known = catalogue.shipped_styles()[kind]
    values = {name: getattr(known, name) for name in StyleInput.__slots__}
    return StyleInput(**(values | changes))


def text_of(pdf):
    return " ".join(" ".join(pages.texts_of(pdf)).split())


class TestShipped:
    def test_the_decree_names_twenty_nine_types(self):
        decreed = [one for one in catalogue.shipped_types().values() if one.group not in {"party", "copy"}]

        assert len(decreed) == 29
        assert all(one.is_verified for one in decreed)
        assert {one.abbreviation for one in decreed if not one.is_layout_verified} == {"BB", "HĐ", "BTT", "BGN", ""}

    def test_abbreviations_differ(self):
        found = [one.abbreviation for one in catalogue.shipped_types().values() if one.abbreviation]

        assert len(found) == len(set(found))

    def test_what_is_not_verified_says_so_where_it_is_chosen(self):
        words = dict(pair for _group, pairs in catalogue.choices() for pair in pairs)

        assert words["KH"] == "Kế hoạch"
        assert words["HĐ"] == "Hợp đồng (chưa kiểm chứng)"

    def test_the_types_of_the_party_are_offered_to_its_bodies_only_and_marked(self):
        state = dict(pair for _g, pairs in catalogue.choices({OrganKind.PEOPLES_COMMITTEE}) for pair in pairs)
        party = dict(pair for _g, pairs in catalogue.choices({OrganKind.PARTY_COMMITTEE}) for pair in pairs)

        assert "KL" not in state
        assert party["KL"].endswith("(chưa kiểm chứng)")
        assert party["KH"].endswith("(chưa kiểm chứng)")

    def test_copies_are_not_drafted(self):
        assert "SY" not in {one.code for one in catalogue.offered(())}

    def test_every_kind_of_organ_has_a_style_and_a_pattern_that_prints(self):
        styles = catalogue.shipped_styles()

        assert set(styles) == set(OrganKind.values)
        for style in styles.values():
            assert notations.check(style.notation, has_type=True)
            assert notations.check(style.letter_notation, has_type=False)

    def test_names_cost_no_query(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert catalogue.name_of("BC") == "Báo cáo"


class TestEditType:
    def test_a_correction_stands_above_what_is_shipped(self, admin, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            commands.edit_type("KL", type_input("KL", name="Kết luận (sửa)"), by=admin, now=NOW)

        assert catalogue.name_of("KL") == "Kết luận (sửa)"
        assert catalogue.types_now()["KL"].edited_at == NOW
        line = JournalLine.objects.get(subject_id=catalogue.subject_of("KL"))
        assert (line.act, line.facts["type"]) == ("documents.type_edited", "KL")

    def test_another_process_notices_it_when_its_list_is_old(self, admin, settings):
        commands.edit_type("KL", type_input("KL", name="Kết luận (sửa)"), by=admin, now=NOW)

        before = catalogue.name_of("KL")  # on_commit has told only the process that edited
        settings.CONGSO_CATALOGUE_SECONDS = 0

        assert (before, catalogue.name_of("KL")) == ("Kết luận", "Kết luận (sửa)")

    def test_only_an_administrator(self, office):
        with pytest.raises(NotPermitted):
            commands.edit_type("KH", type_input(), by=office.actor("chair"), now=NOW)

    def test_no_two_types_share_an_abbreviation_not_even_one_that_was_given_up(self, admin):
        commands.edit_type("PA", type_input("PA", abbreviation="PAn"), by=admin, now=NOW)
        commands.edit_type("PA", type_input("PA", abbreviation="PAm"), by=admin, now=NOW)

        for taken in ("BC", "PA", "PAn"):
            with pytest.raises(AbbreviationTaken, match=taken):
                commands.edit_type("KH", type_input(abbreviation=taken), by=admin, now=NOW)

    @pytest.mark.parametrize(
        "change",
        [
            {"name": " "},
            {"abbreviation": ""},
            {"abbreviation": "K/H"},
            {"family": "poem"},
            {"group": "x"},
            {"used_by": ["king"]},
            {"title": ""},
            {"source": "", "is_verified": True},
        ],
    )
    def test_what_cannot_be_printed_is_refused(self, admin, change):
        with pytest.raises(InvalidInput):
            commands.edit_type("KH", type_input(**change), by=admin, now=NOW)

    @pytest.mark.parametrize("code", ["chung", "sao", "den", "K H", "../x", ""])
    def test_a_code_is_letters_and_no_name_of_a_series(self, admin, code):
        with pytest.raises(InvalidInput):
            commands.edit_type(code, type_input(abbreviation="XY"), by=admin, now=NOW)

    def test_the_database_wants_the_source_of_what_is_verified(self):
        with pytest.raises(IntegrityError, match="type_version_says_what_verifies_it"):
            TypeVersion.objects.create(code="X", name="X", is_verified=True, edited_at=NOW)


class TestATemplateEditedWhileADraftUsesIt:
    def test_what_was_approved_stays_and_its_number_follows_the_old_series(self, office, admin):
        document = drawn_and_signed(office)
        drawn = document.approved_pdf_id

        commands.edit_type("KH", type_input(abbreviation="KHo", title="KẾ HOẠCH MỚI"), by=admin, now=NOW)
        numbered = commands.number_document(document.id, by=office.actor("clerk"), now=NOW)

        assert numbered.number_text == "01/KH-UBND"
        assert numbered.approved_pdf_id == drawn

    def test_an_open_draft_prints_by_the_new_one(self, office, admin):
        document = commands.create_draft(
            new_id(), draft_input(office, OrganFactory()), by=office.actor("author"), now=NOW
        )

        commands.edit_type("KH", type_input(title="KẾ HOẠCH MỚI"), by=admin, now=NOW)

        assert "KẾ HOẠCH MỚI" in text_of(papers.preview(document, now=NOW).pdf)

    def test_a_draft_keeps_a_type_that_is_no_longer_offered_and_new_ones_do_not_get_it(self, office, admin):
        by, draft = office.actor("author"), draft_input(office, OrganFactory())
        document = commands.create_draft(new_id(), draft, by=by, now=NOW)
        commands.edit_type("KH", type_input(is_offered=False), by=admin, now=NOW)

        saved = commands.save_draft(document.id, replace(draft, subject="Sửa lại"), version=1, by=by, now=NOW)

        assert saved.subject == "Sửa lại"
        with pytest.raises(InvalidInput, match="không có trong danh mục"):
            commands.create_draft(new_id(), draft, by=by, now=NOW)


class TestStyles:
    def test_the_paper_of_a_party_body_from_draft_to_number(self, office):
        committee = OrganFactory(
            kind=OrganKind.PARTY_COMMITTEE,
            place_name="Nông Cống",
            place_name__name="Huyện ủy Nông Cống",
            place_name__notation="HU",
        )
        author = PositionFactory(organ=committee)
        party = replace(
            office,
            organ=committee,
            drafting=committee,
            author=author,
            chair=PositionFactory(organ=committee, chair=True, title="Bí thư"),
            clerk=PositionFactory(organ=committee, clerk=True),
        )
        document = drawn_and_signed(party)

        numbered = commands.number_document(document.id, by=party.actor("clerk"), now=NOW)

        words = text_of(papers.preview(document, now=NOW).pdf)
        assert numbered.number_text == "01-KH/HU"
        assert numbered.capacity_lines == ["T/M BAN THƯỜNG VỤ", "BÍ THƯ"]
        assert "ĐẢNG CỘNG SẢN VIỆT NAM" in words
        assert "CỘNG HÒA" not in words

    def test_a_corrected_style_is_what_the_next_draft_prints(self, admin):
        commands.edit_style(
            OrganKind.PARTY_COMMITTEE, style_input(notation="{số}-{loại}/{cơ quan}X"), by=admin, now=NOW
        )

        assert catalogue.style_now(OrganKind.PARTY_COMMITTEE).notation == "{số}-{loại}/{cơ quan}X"
        assert JournalLine.objects.filter(act="documents.style_edited").count() == 1

    def test_only_an_administrator(self, office):
        with pytest.raises(NotPermitted):
            commands.edit_style(OrganKind.UNION, style_input(OrganKind.UNION), by=office.actor("clerk"), now=NOW)

    @pytest.mark.parametrize(
        "pattern",
        [
            "",
            "{số}",
            "{số}{loại}/{cơ quan}",
            "{loại}-{số}",
            "{số}/{cơ quan}",
            "{số}/{loại}-{cơ quan}-{x}",
            "{số}/{loại}-{cơ quan}[",
        ],
    )
    def test_a_pattern_that_cannot_be_printed_is_refused(self, admin, pattern):
        with pytest.raises(PatternNotUsable, match="Ví dụ"):
            commands.edit_style(OrganKind.UNION, style_input(OrganKind.UNION, notation=pattern), by=admin, now=NOW)


@pytest.mark.parametrize(
    ("pattern", "unit", "notation"),
    [
        ("{số}/{loại}-{cơ quan}", "VX", "KH-UBND"),
        ("{số}/{cơ quan}[-{đơn vị}]", "VX", "UBND-VX"),
        ("{số}/{cơ quan}[-{đơn vị}]", "", "UBND"),
        ("{số}-CV/{cơ quan}", "VX", "CV/UBND"),
    ],
)
def test_a_pattern_gives_the_notation(pattern, unit, notation):
    assert notations.notation(pattern, abbreviation="KH", organ="UBND", unit=unit) == notation


class TestPages:
    def test_everybody_who_drafts_reads_what_is_not_verified(self, client, office):
        sign_in(client, office.author)

        page = client.get("/van-ban/loai/").content.decode()

        assert "Chưa kiểm chứng" in page
        assert "Thêm loại văn bản" not in page

    def test_an_administrator_corrects_a_type(self, client, office):
        sign_in(client, PositionFactory(organ=office.organ, administrator=True))
        form = client.get("/van-ban/loai/KL/").context["form"]
        typed = {name: value for name, value in form.initial.items() if value not in (False, ())}

        answer = client.post("/van-ban/loai/KL/", typed | {"name": "Kết luận mới"})

        assert answer.url == "/van-ban/loai/"
        assert catalogue.type_now("KL").name == "Kết luận mới"

    def test_what_is_wrong_is_told_and_what_was_typed_stays(self, client, office):
        sign_in(client, PositionFactory(organ=office.organ, administrator=True))
        form = client.get("/van-ban/loai/KL/").context["form"]
        typed = {name: value for name, value in form.initial.items() if value not in (False, ())}

        answer = client.post("/van-ban/loai/KL/", typed | {"abbreviation": "BC"})

        assert answer.status_code == 422
        assert "Báo cáo" in answer.content.decode()
        assert 'value="BC"' in answer.content.decode()

    def test_a_type_is_added_and_a_code_is_not_used_twice(self, client, office):
        sign_in(client, PositionFactory(organ=office.organ, administrator=True))
        typed = {"name": "Thư ngỏ", "abbreviation": "TNg", "title": "THƯ NGỎ", "family": "named", "group": "slip"}

        added = client.post("/van-ban/loai/moi/", typed | {"code": "TNg", "is_offered": "on"})
        again = client.post("/van-ban/loai/moi/", typed | {"code": "KH"})

        assert added.status_code == 302
        assert catalogue.types_now()["TNg"].is_verified is False
        assert "Mã này đã có" in again.content.decode()

    def test_a_style_is_corrected(self, client, office):
        sign_in(client, PositionFactory(organ=office.organ, administrator=True))
        form = client.get("/van-ban/the-thuc/union/").context["form"]

        typed = {name: value for name, value in form.initial.items() if value is not False}
        answer = client.post("/van-ban/the-thuc/union/", typed | {"country": "ĐOÀN TNCS HỒ CHÍ MINH", "motto": ""})

        assert answer.status_code == 302
        assert catalogue.style_now("union").country == "ĐOÀN TNCS HỒ CHÍ MINH"


def test_details_of_the_layout_are_kept_with_the_draft_and_printed(office):
    layout = commands.LayoutInput(circulation="internal", drafter_mark="PL.300", contact="Số 1 phố Mẫu")

    document = commands.create_draft(
        new_id(), draft_input(office, OrganFactory(), layout=layout), by=office.actor("author"), now=NOW
    )

    words = text_of(papers.preview(document, now=NOW).pdf)
    assert all(part in words for part in ("LƯU HÀNH NỘI BỘ", "PL.300", "Số 1 phố Mẫu"))


@pytest.mark.parametrize("layout", [{"circulation": "all"}, {"drafter_mark": "x" * 21}])
def test_a_detail_that_does_not_fit_is_refused(office, layout):
    draft = draft_input(office, OrganFactory(), layout=commands.LayoutInput(**layout))

    with pytest.raises(InvalidInput):
        commands.create_draft(new_id(), draft, by=office.actor("author"), now=NOW)
