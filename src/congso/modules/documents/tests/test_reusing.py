"""Templates and groups of receivers: of one's own, shared by the head, never seen by other organs."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.errors import NotFound, NotPermitted
from congso.kernel.ids import new_id
from congso.modules.documents import commands
from congso.modules.documents.commands.reusing import GroupEmpty, NameTaken, SavedNameMissing
from congso.modules.documents.models import AddressGroup, BodyImage, Document, DraftTemplate
from congso.modules.documents.queries.reusing import group_choices, groups_of, templates_of
from congso.modules.documents.secrecy import SecretContent
from congso.modules.documents.tests.factories import (
    LATER,
    NOW,
    TODAY,
    body_of,
    draft_input,
    make_commune,
    make_district,
)
from congso.modules.documents.tests.words import png
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.journal.models import JournalLine
from congso.shared.organs.tests.factories import OrganFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def present():
    with clock.at(NOW):
        yield


@pytest.fixture
def office():
    return make_district()


@pytest.fixture
def commune():
    return OrganFactory(place_name="Tế Lợi")


def draft_of(office, role="author", *to, **more):
    return commands.create_draft(new_id(), draft_input(office, *to, **more), by=office.actor(role), now=NOW)


def template_of(office, role="author", name="Kế hoạch năm", *to):
    document = draft_of(office, role, *to)
    return commands.save_template(new_id(), document.id, name=name, by=office.actor(role), now=NOW)


def acts(saved_id):
    return list(JournalLine.objects.filter(subject_id=saved_id).order_by("at").values_list("act", flat=True))


class TestTemplates:
    def test_a_draft_begins_with_all_that_the_template_holds(self, office, commune):
        author = office.actor("author")
        first = draft_of(office, "author", commune)
        picture = commands.add_picture(first.id, png(), name="a.png", by=author, now=NOW)
        body = {"type": "doc", "content": [*body_of()["content"], {"type": "image", "attrs": picture}]}
        bases = ["Căn cứ Luật Tổ chức chính quyền địa phương"]
        typed = draft_input(office, commune, body=body, legal_bases=bases)
        commands.save_draft(first.id, typed, version=1, by=author, now=NOW)
        template = commands.save_template(new_id(), first.id, name=" Kế  hoạch ", by=author, now=NOW)

        begun = commands.begin_from_template(new_id(), template.id, by=author, now=LATER)

        assert (template.name, begun.type_code, begun.subject) == ("Kế hoạch", "KH", first.subject)
        assert (begun.body["content"][1]["type"], begun.legal_bases) == ("image", bases)
        assert [to.organ_id for to in begun.recipients.all()] == [commune.id]
        assert begun.images.count() == 1
        assert acts(template.id) == ["documents.template_saved"]
        assert acts(begun.id) == ["documents.drafted"]

    def test_the_same_form_sent_twice_makes_one(self, office):
        document, template_id, draft_id = draft_of(office), new_id(), new_id()
        for _ in range(2):
            commands.save_template(template_id, document.id, name="Mẫu", by=office.actor("author"), now=NOW)
            commands.begin_from_template(draft_id, template_id, by=office.actor("author"), now=NOW)

        assert DraftTemplate.objects.count() == 1
        assert Document.objects.count() == 2

    def test_names_are_needed_free_and_no_stamps(self, office):
        template_of(office)
        for name, refusal in (("Kế hoạch năm", NameTaken), (" ", SavedNameMissing), ("MẬT", SecretContent)):
            with pytest.raises(refusal):
                template_of(office, name=name)

    def test_a_template_is_its_owners_until_a_head_shares_their_own(self, office):
        own, heads = template_of(office), template_of(office, "reviewer", "Mẫu của Văn phòng")
        author, head = office.actor("author"), office.actor("reviewer")
        with pytest.raises(NotFound):
            commands.begin_from_template(new_id(), own.id, by=head, now=NOW)
        with pytest.raises(NotPermitted):
            commands.share_template(own.id, is_shared=True, by=author, now=NOW)

        commands.share_template(heads.id, is_shared=True, by=head, now=NOW)

        assert commands.begin_from_template(new_id(), heads.id, by=author, now=NOW).subject == heads.subject
        assert [row.may_share for row in templates_of(author)] == [False, False]
        with pytest.raises(NotPermitted):
            commands.drop_template(heads.id, by=author, now=NOW)
        with pytest.raises(NotFound):
            commands.begin_from_template(new_id(), heads.id, by=make_commune().actor("author"), now=NOW)

    def test_it_is_renamed_and_dropped_and_drafts_stay(self, office):
        template = template_of(office)
        begun = commands.begin_from_template(new_id(), template.id, by=office.actor("author"), now=NOW)
        commands.rename_template(template.id, name="Tên khác", by=office.actor("author"), now=NOW)

        commands.drop_template(template.id, by=office.actor("author"), now=LATER)

        assert Document.objects.filter(id=begun.id).exists()
        assert not BodyImage.objects.filter(template__isnull=False).exists()
        assert acts(template.id)[1:] == ["documents.template_renamed", "documents.template_dropped"]

    def test_the_database_refuses_a_second_of_one_name(self, office):
        template = template_of(office)
        with pytest.raises(IntegrityError, match="template_has_its_name_once_with_its_owner"):
            DraftTemplate.objects.create(
                owner_id=template.owner_id, organ=template.organ, name=template.name, made_at=NOW, changed_at=NOW
            )


class TestGroups:
    def save(self, office, *organs, name="Các xã miền đồi", role="author", group_id=None):
        ids = [organ.id for organ in organs]
        return commands.save_group(group_id or new_id(), ids, name=name, by=office.actor(role), now=NOW)

    def test_a_group_is_kept_changed_shared_and_dropped(self, office, commune):
        group = self.save(office, commune, role="reviewer")
        self.save(office, commune, OrganFactory(), name="Các xã", role="reviewer", group_id=group.id)
        commands.share_group(group.id, is_shared=True, by=office.actor("reviewer"), now=NOW)

        [row] = groups_of(office.actor("author"), TODAY)
        commands.drop_group(group.id, by=office.actor("reviewer"), now=NOW)

        assert (row.saved.name, len(row.names), row.is_own) == ("Các xã", 2, False)
        assert not AddressGroup.objects.exists()
        assert set(acts(group.id)) == {"documents.group_saved", "documents.group_shared", "documents.group_dropped"}

    def test_an_empty_group_and_a_taken_name_are_refused(self, office, commune):
        self.save(office, commune)
        with pytest.raises(GroupEmpty):
            self.save(office, name="Trống")
        with pytest.raises(NameTaken):
            self.save(office, commune)

    def test_nobody_changes_anothers_group(self, office, commune):
        group = self.save(office, commune)
        with pytest.raises(NotFound):
            self.save(office, commune, role="reviewer", group_id=group.id)
        assert group_choices(office.actor("reviewer")) == []

    def test_a_group_that_is_chosen_puts_its_organs_into_the_paper(self, office, commune):
        group, draft = self.save(office, commune, OrganFactory()), draft_of(office)
        browser = Client()
        sign_in(browser, office.author)
        form = browser.get(reverse("documents:edit", args=[draft.id])).context["form"].initial
        typed = {name: value for name, value in form.items() if value is not None} | {"to": [f"nhom-{group.id}"]}

        browser.post(reverse("documents:edit", args=[draft.id]), typed | {"act": "save"})

        assert {to.organ_id for to in draft.recipients.all()} == {member.organ_id for member in group.members.all()}


class TestPages:
    def test_a_draft_is_saved_as_a_template_and_begun_from_the_list(self, office):
        draft, browser = draft_of(office), Client()
        sign_in(browser, office.author)
        page = browser.get(reverse("documents:edit", args=[draft.id]))
        address = reverse("documents:save_template", args=[draft.id, page.context["template_id"]])

        listed = browser.post(address, {"name": "Mẫu kế hoạch"}, follow=True)
        [(row, draft_id)] = listed.context["rows"]
        begun = browser.post(reverse("documents:begin_from_template", args=[row.saved.id, draft_id]))

        assert "Mẫu kế hoạch" in listed.content.decode()
        assert begun.url == reverse("documents:edit", args=[draft_id])

    def test_a_group_is_made_on_its_form(self, office, commune):
        browser = Client()
        sign_in(browser, office.author)
        OrganFactory(parent=office.organ)
        address = reverse("documents:group", args=[new_id()])
        offered = browser.get(address).context["form"].fields["to"].choices

        assert browser.post(address, {"name": "Nhóm", "to": []}).status_code == 422
        listed = browser.post(address, {"name": "Nhóm", "to": [offered[-1][0]]}, follow=True)

        assert "Nhóm" in listed.content.decode()
        assert AddressGroup.objects.get().members.count() == 1
