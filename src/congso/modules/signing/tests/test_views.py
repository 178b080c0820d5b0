from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing as tokens
from django.urls import reverse

from congso.kernel import clock
from congso.kernel.ids import new_id
from congso.modules.signing import confirmation, jobs
from congso.modules.signing.models import SignatureItem, SignatureRequest, ValidationReport
from congso.modules.signing.tests.factories import NOW, numbered, paper
from congso.modules.signing.tests.signables import KIND
from congso.shared.accounts.tests.factories import sign_in
from congso.shared.keys.models import Key
from congso.shared.keys.tests.factories import PIN, enrolled_key
from congso.shared.people.tests.factories import PositionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning():
    with clock.at(NOW):
        yield


@pytest.fixture
def chairman(client):
    """The position of a chairman with a key, who signed in."""
    chairman = PositionFactory(chair=True)
    enrolled_key("person", chairman.person_id)
    sign_in(client, chairman)
    return chairman


def address(*orders):
    query = urlencode([("id", order.subject_id) for order in orders])
    return f"{reverse('signing:confirm', args=[KIND])}?{query}"


def token_in(response):
    return response.context["token"]


def press(client, orders, *, ticked=None, pin=PIN, token=None):
    token = token or token_in(client.get(address(*orders)))
    chosen = [order.subject_id for order in (orders if ticked is None else ticked)]
    return client.post(address(*orders), {"confirmation": token, "pin": pin, "chosen": chosen})


def words(response):
    return " ".join(response.content.decode().split())


class TestTheConfirmationPage:
    def test_it_shows_each_paper_its_reader_reviewer_and_hash(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id, title="Kế hoạch <chuyển đổi số>")

        said = words(client.get(address(order)))

        assert "Kế hoạch &lt;chuyển đổi số&gt;" in said
        assert "Trần Văn Ví Dụ đã xem xét" in said
        assert "đã đọc lúc" in said
        assert f"mã tệp {order.file_sha256[:4].upper()} {order.file_sha256[4:8].upper()}" in said
        assert "TM. ỦY BAN NHÂN DÂN" in said
        assert "Ký 1 văn bản" in said

    def test_an_unopened_paper_stands_apart_and_cannot_be_ticked(self, client, shelf, chairman):
        page = client.get(address(shelf.put(chairman.person_id, read_at=None))).context["page"]

        assert (len(page.yes), len(page.no)) == (0, 1)

    def test_a_paper_that_changed_after_it_was_read_says_when(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        shelf.change(order, paper())

        assert "sau khi đã đọc" in words(client.get(address(order)))

    def test_an_obstacle_is_said_in_its_own_words(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id, obstacle="Đang chờ xem xét lại.")

        assert "Đang chờ xem xét lại." in words(client.get(address(order)))

    def test_two_keys_are_not_mixed(self, client, shelf, chairman):
        page = client.get(address(shelf.put(chairman.person_id), shelf.put(new_id()))).context["page"]

        assert (len(page.yes), len(page.no)) == (1, 1)

    def test_who_has_no_certificate_gets_no_pin_field(self, client, shelf):
        nobody = PositionFactory(chair=True)
        sign_in(client, nobody)

        said = words(client.get(address(shelf.put(nobody.person_id))))

        assert "chưa có chứng thư ký số" in said
        assert 'name="pin"' not in said

    def test_what_one_may_not_see_is_not_found(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        shelf.hidden.add(order.subject_id)

        assert client.get(address(order)).status_code == 404
        assert client.get(reverse("signing:confirm", args=["no.such"]) + f"?id={new_id()}").status_code == 404
        assert client.get(reverse("signing:confirm", args=[KIND]) + "?id=x").status_code == 404
        assert client.get(reverse("signing:confirm", args=[KIND])).status_code == 404

    def test_strangers_are_shown_the_door(self, client, shelf, db):
        response = client.get(reverse("signing:confirm", args=[KIND]))

        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:login"))


class TestSigningFromThePage:
    def test_only_what_is_ticked_is_asked_for(self, client, shelf, chairman):
        first, second = shelf.put(chairman.person_id), shelf.put(chairman.person_id)

        response = press(client, [first, second], ticked=[second])

        request = SignatureRequest.objects.get()
        assert response.url == reverse("signing:progress", args=[request.id])
        assert [item.subject_id for item in request.items.all()] == [second.subject_id]

    def test_a_wrong_pin_is_said_at_its_field_and_nothing_is_signed(self, client, shelf, chairman):
        response = press(client, [shelf.put(chairman.person_id)], pin="000000")

        assert response.status_code == 422
        assert "Mã PIN sai, còn 4 lần. Chưa văn bản nào được ký." in words(response)
        assert "000000" not in words(response)
        assert not SignatureItem.objects.exists()

    def test_a_pin_of_another_shape_costs_no_try(self, client, shelf, chairman):
        response = press(client, [shelf.put(chairman.person_id)], pin="12345")

        assert "lần nhập này không tính" in words(response)
        assert Key.objects.get(owner_id=chairman.person_id).wrong_pins == 0

    def test_sent_twice_it_is_one_request(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        token = token_in(client.get(address(order)))

        first = press(client, [order], token=token)
        jobs.sign_request(request_id=str(SignatureRequest.objects.get().id))
        del shelf.papers[order.subject_id]

        assert press(client, [order], token=token).url == first.url

    def test_a_paper_that_changed_after_the_page_was_opened_is_not_signed(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        token = token_in(client.get(address(order)))
        shelf.change(order, paper())

        response = press(client, [order], token=token)

        assert response.status_code == 409
        assert "đã đổi sau khi mở trang ký" in words(response)
        assert not SignatureItem.objects.exists()

    def test_nothing_ticked_is_said(self, client, shelf, chairman):
        response = press(client, [shelf.put(chairman.person_id)], ticked=[])

        assert "Chưa chọn văn bản nào để ký" in words(response)

    def test_what_was_not_shown_cannot_be_slipped_in(self, client, shelf, chairman):
        shown, other = shelf.put(chairman.person_id), shelf.put(chairman.person_id)

        response = press(client, [shown], ticked=[shown, other])

        assert response.status_code == 409
        assert not SignatureItem.objects.exists()

    @pytest.mark.parametrize(
        "token", ["", "x", tokens.dumps({"id": 1}, salt="another")], ids=["none", "noise", "for_another"]
    )
    def test_a_made_up_page_signs_nothing(self, client, shelf, chairman, token):
        response = client.post(
            address(order := shelf.put(chairman.person_id)),
            {"confirmation": token, "pin": PIN, "chosen": [order.subject_id]},
        )

        assert "mở quá lâu" in words(response)
        assert not SignatureItem.objects.exists()

    def test_a_page_left_open_signs_nothing(self, client, shelf, chairman, monkeypatch):
        monkeypatch.setattr(confirmation, "FRESH_FOR", timedelta(seconds=-1))

        assert "mở quá lâu" in words(press(client, [shelf.put(chairman.person_id)]))

    def test_a_page_opened_under_another_hat_signs_nothing(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        token = token_in(client.get(address(order)))
        sign_in(client, PositionFactory(person=chairman.person, deputy=True))

        assert "thuộc tư cách khác" in words(press(client, [order], token=token))

    def test_the_clerk_seals(self, client, shelf):
        clerk = PositionFactory(clerk=True)
        enrolled_key("organ", clerk.organ_id, common_name="UBND huyện Mẫu")
        sign_in(client, clerk)
        order = shelf.put(clerk.organ_id, owner_kind="organ", signature="organ", pdf=numbered())

        said = words(client.get(address(order)))

        assert "Đóng dấu 1 văn bản" in said
        assert "UBND huyện Mẫu" in said
        assert press(client, [order]).status_code == 302


class TestProgress:
    def test_it_asks_again_until_it_is_over(self, client, shelf, chairman):
        page = press(client, [shelf.put(chairman.person_id)]).url

        before = words(client.get(page))
        jobs.sign_request(request_id=str(SignatureRequest.objects.get().id))
        after = words(client.get(page))

        assert "hx-trigger" in before
        assert "Xem đã ký đến đâu" in before
        assert "Đang ký 0 / 1" in before
        assert "Đã ký 1 văn bản" in after
        assert "hx-trigger" not in after.split("cs-tour")[0]
        assert "Xem văn bản" in after

    def test_htmx_gets_only_the_part(self, client, shelf, chairman):
        page = press(client, [shelf.put(chairman.person_id)]).url

        said = words(client.get(page, headers={"HX-Request": "true"}))

        assert said.startswith("<section")

    def test_failures_are_kept_aside_with_their_reason(self, client, shelf, chairman):
        page = press(
            client, [shelf.put(chairman.person_id, pdf=paper(), title="Báo cáo"), shelf.put(chairman.person_id)]
        )
        jobs.sign_request(request_id=str(SignatureRequest.objects.get().id))

        said = words(client.get(page.url))

        assert "1 văn bản chưa ký được" in said
        assert "Báo cáo: Tệp chưa có chỗ dành cho chữ ký này." in said

    def test_another_persons_request_is_not_found(self, client, shelf, chairman):
        page = press(client, [shelf.put(chairman.person_id)]).url
        sign_in(client, PositionFactory(chair=True))

        assert client.get(page).status_code == 404


class TestReport:
    def address(self, order):
        return reverse("signing:report", args=[KIND, order.subject_id])

    def test_a_file_that_was_never_checked_says_so_and_can_be(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)

        before = words(client.get(self.address(order)))
        client.post(self.address(order))
        after = words(client.get(self.address(order)))

        assert "Tệp này chưa được kiểm tra." in before
        assert "Chưa kết luận được" in after
        assert "Tệp không có chữ ký số nào." in after
        assert ValidationReport.objects.get().file_sha256 == order.file_sha256

    def test_a_signed_file_says_who_signed_and_that_it_is_training(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        press(client, [order])
        jobs.sign_request(request_id=str(SignatureRequest.objects.get().id))
        signed = SignatureItem.objects.get().signed_file_sha256
        shelf.keep(order, signed)

        client.post(self.address(order))
        said = words(client.get(self.address(order)))

        assert "Hợp lệ" in said
        assert "Nguyễn Văn Thử" in said
        assert "không có giá trị pháp lý" in said

    def test_what_one_may_not_see_is_not_found(self, client, shelf, chairman):
        order = shelf.put(chairman.person_id)
        shelf.hidden.add(order.subject_id)

        assert client.get(self.address(order)).status_code == 404
        assert client.post(self.address(order)).status_code == 404
        assert client.get(reverse("signing:report", args=["no.such", new_id()])).status_code == 404
