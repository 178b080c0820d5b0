import io
import shutil
import subprocess
from datetime import timedelta

import pypdfium2
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

from congso.modules.signing.pdf import checking
from congso.modules.signing.pdf.apart import check_apart
from congso.modules.signing.pdf.checking import check_pdf
from congso.modules.signing.pdf.fields import prepare_pdf
from congso.modules.signing.pdf.filling import FieldMissing, fill_number
from congso.modules.signing.pdf.making import AlreadySigned, sign_pdf
from congso.modules.signing.tests.factories import BOXES, NOW, closed, key_of, led, numbered, paper, prepared, root
from congso.modules.signing.verdict import Outcome, Verdict
from congso.shared.keys import certificates

LATER = NOW + timedelta(days=30)


def check(pdf, *, moment=LATER, roots=None, revoked=frozenset()):
    return check_pdf(pdf, roots=[root()] if roots is None else roots, moment=moment, revoked=revoked)


def finding(verdict, field):
    return next(found for found in verdict.signatures if found.field == field)


class TestALeadersSignatureThenNumberThenSeal:
    def test_the_leaders_alone_passes(self):
        verdict = check(led())

        assert verdict.outcome == Outcome.PASSED
        assert finding(verdict, "leader").covers_all

    def test_number_and_date_may_be_given_after_the_leader_signed(self):
        verdict = check(numbered())

        assert verdict.outcome == Outcome.PASSED
        assert not finding(verdict, "leader").covers_all

    def test_both_pass_after_the_seal_and_say_who_and_for_whom(self):
        verdict = check(closed())

        leader, organ = finding(verdict, "leader"), finding(verdict, "organ")
        assert verdict.has_passed("leader", "organ")
        assert (leader.signer, leader.capacity, leader.signed_at) == ("Nguyễn Văn Thử", "TM. ỦY BAN NHÂN DÂN", NOW)
        assert (organ.signer, organ.covers_all, organ.is_training) == ("UBND huyện Nông Cống", True, True)

    def test_pdfsig_agrees_that_both_are_intact(self, tmp_path):
        if shutil.which("pdfsig") is None:
            pytest.skip("pdfsig (poppler-utils) is not on this machine")
        file = tmp_path / "paper.pdf"
        file.write_bytes(closed())

        said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout

        assert said.count("Signature Validation: Signature is Valid.") == 2

    def test_a_signature_is_never_put_over_another(self):
        with pytest.raises(AlreadySigned):
            sign_pdf(led(), field="leader", key=key_of("Nguyễn Văn Thử"), reason="", signed_at=NOW)

    def test_a_file_without_the_field_is_not_signed(self):
        with pytest.raises(FieldMissing):
            sign_pdf(paper(), field="leader", key=key_of("Nguyễn Văn Thử"), reason="", signed_at=NOW)

    def test_an_organ_alone_may_close_a_file(self):
        pdf = prepare_pdf(paper(), {"organ": BOXES["organ"]})

        sealed = sign_pdf(pdf, field="organ", key=key_of("UBND huyện Nông Cống"), reason="", signed_at=NOW)

        assert check(sealed).has_passed("organ")


class TestAnythingElseIsCaught:
    def test_a_number_refilled_after_the_seal_fails_the_file_and_says_so(self):
        verdict = check(fill_number(closed(), number_text="16/KH-UBND", date_text="ngày 29 tháng 11 năm 2023"))

        assert finding(verdict, "leader").outcome == Outcome.PASSED
        assert verdict.outcome == Outcome.FAILED
        assert verdict.texts == [
            "Tệp bị sửa sau khi cơ quan đóng dấu: số, ngày hoặc nội dung không còn như lúc phát hành."
        ]

    def test_one_flipped_byte_fails(self):
        broken = bytearray(closed())
        broken[len(paper()) // 2] ^= 1

        verdict = check(bytes(broken))

        assert verdict.outcome == Outcome.FAILED
        assert not verdict.has_passed("leader")

    @pytest.mark.parametrize("signed", [led, numbered, closed])
    def test_a_page_overdrawn_after_any_signature_fails(self, signed):
        assert check(overdrawn(signed())).outcome == Outcome.FAILED

    def test_a_number_redrawn_in_place_while_its_value_stays_fails(self):
        assert check(with_other_drawing(closed(), "so")).outcome == Outcome.FAILED

    def test_another_field_filled_after_the_leader_fails(self):
        pdf = with_another_text_field(prepared())
        signed = sign_pdf(pdf, field="leader", key=key_of("Nguyễn Văn Thử"), reason="", signed_at=NOW)

        verdict = check(with_value(signed, "khac", "thêm 500.000.000 đồng"))

        assert verdict.texts == ["Tệp bị sửa ở chỗ mà người ký không cho phép sửa."]


class TestProofsAddedLater:
    """B-LT and B-LTA: what other services add must not break the locks."""

    def test_certificates_and_a_document_timestamp_may_follow_the_seal(self):
        verdict = check(with_document_timestamp(with_dss(closed())))

        assert verdict.has_passed("leader", "organ")


class TestTrust:
    def test_a_certificate_of_another_authority_is_not_concluded(self):
        other = certificates.make_pair()
        roots = [certificates.der(certificates.self_signed(other, certificates.AUTHORITY_NAME))]

        verdict = check(closed(), roots=roots)

        assert (verdict.outcome, verdict.reasons) == (Outcome.INDETERMINATE, ("unknown_authority",))

    def test_no_trusted_authority_at_all_is_not_concluded(self):
        assert check(closed(), roots=[]).outcome == Outcome.INDETERMINATE

    def test_after_the_certificates_end_it_is_not_concluded(self):
        verdict = check(closed(), moment=NOW.replace(year=2026))

        assert (verdict.outcome, verdict.reasons) == (Outcome.INDETERMINATE, ("certificate_expired",))

    def test_a_signing_time_before_the_certificate_is_not_concluded(self):
        early = sign_pdf(
            prepared(), field="leader", key=key_of("Nguyễn Văn Thử"), reason="", signed_at=NOW - timedelta(days=400)
        )

        assert check(early).reasons == ("signed_outside_validity",)

    def test_a_revoked_certificate_is_not_concluded(self):
        from cryptography import x509  # noqa: PLC0415 - only here

        serial = x509.load_der_x509_certificate(key_of("Nguyễn Văn Thử").certificate).serial_number

        verdict = check(closed(), revoked=frozenset({f"{serial:x}"}))

        assert (verdict.outcome, verdict.reasons) == (Outcome.INDETERMINATE, ("certificate_revoked",))


class TestStrangeFiles:
    def test_a_paper_that_nobody_signed_is_not_concluded(self):
        assert check(prepared()) == Verdict(Outcome.INDETERMINATE, ("no_signature",), ())

    @pytest.mark.parametrize(
        "content",
        [b"", b"MZ not a paper", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + bytes(range(256)) * 40, b"%PDF-" + b"[" * 100_000],
    )
    def test_garbage_fails(self, content):
        assert check(content) == Verdict(Outcome.FAILED, ("not_a_pdf",), ())

    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
    def test_a_truncated_file_never_passes(self, part):
        assert check(closed()[: int(len(closed()) * part)]).outcome != Outcome.PASSED

    def test_an_encrypted_file_is_not_concluded(self):
        writer = copy_into_new_writer(PdfFileReader(io.BytesIO(paper())))
        writer.encrypt("mật", "mật")
        output = io.BytesIO()
        writer.write(output)

        assert check(output.getvalue()).reasons == ("encrypted",)

    def test_a_huge_file_is_not_opened(self, monkeypatch):
        monkeypatch.setattr(checking, "MOST_BYTES", 1000)

        assert check(closed()).reasons == ("too_large",)

    def test_an_endless_chain_of_changes_is_not_followed(self):
        assert check(closed() + b"startxref\n0\n%%EOF\n" * 100).reasons == ("too_complex",)

    def test_a_huge_cross_reference_table_is_refused(self):
        table = b"xref\n0 99999999\n" + b"0000000000 65535 f \n" * 10
        content = b"%PDF-1.7\n" + table + b"trailer\n<< /Size 99999999 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"

        assert not check(content).passed

    def test_a_stranger_is_judged_in_a_process_of_its_own_with_the_same_result(self):
        assert check_apart(closed(), roots=[root()], moment=LATER) == check(closed())

    def test_a_check_that_takes_too_long_is_given_up(self):
        assert check_apart(closed(), roots=[root()], moment=LATER, seconds=0).reasons == ("too_complex",)


class TestThePage:
    def test_number_and_date_are_read_as_text(self):
        text = text_of_first_page(closed())

        assert "15/KH-UBND" in text
        assert "ngày 29 tháng 11 năm 2023" in text

    def test_every_font_is_embedded(self):
        reader = PdfFileReader(io.BytesIO(closed()))

        fonts = [font for font in every(reader, "/Font") if font.get("/Subtype") != "/Type0"]

        assert fonts
        assert all(
            any(key in font["/FontDescriptor"] for key in ("/FontFile", "/FontFile2", "/FontFile3")) for font in fonts
        )


def text_of_first_page(pdf):
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[0]
    page.flatten()
    return document[0].get_textpage().get_text_bounded()


def every(reader, kind):
    for number in range(1, int(reader.trailer["/Size"])):
        try:
            found = reader.get_object(generic.Reference(number, 0, reader))
        except Exception:  # noqa: BLE001, S112 - free numbers
            continue
        if isinstance(found, generic.DictionaryObject) and found.get("/Type") == kind:
            yield found


def with_dss(pdf):
    """The certificates of both signatures in a document security store."""
    output = io.BytesIO(pdf)
    for embedded in PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures:
        DocumentSecurityStore.add_dss(
            output, embedded.pkcs7_content.hex().upper().encode(), certs=[embedded.signer_cert]
        )
    return output.getvalue()


def with_document_timestamp(pdf):
    pair = certificates.make_pair()
    certificate = certificates.der(certificates.self_signed(pair, "Dấu thời gian"))
    secret = pair.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        tsa_cert=asn1_x509.Certificate.load(certificate),
        tsa_key=asn1_keys.PrivateKeyInfo.load(secret),
        certs_to_embed=SimpleCertificateStore(),
    )
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    return PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", None, output=io.BytesIO()).getvalue()


def appended(pdf, change):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def overdrawn(pdf):
    def change(writer):
        form = RawContent(b"0 0 200 200 re f", box=BoxConstraints(width=200, height=200)).as_form_xobject()
        name = generic.pdf_name("/Over")
        resources = generic.DictionaryObject(
            {generic.pdf_name("/XObject"): generic.DictionaryObject({name: writer.add_object(form)})}
        )
        stream = writer.add_object(generic.StreamObject(stream_data=b"q /Over Do Q"))
        writer.add_stream_to_page(0, stream, resources=resources)

    return appended(pdf, change)


def with_another_text_field(pdf):
    def change(writer):
        fields = writer.root["/AcroForm"]["/Fields"]
        field = generic.DictionaryObject(
            {
                generic.pdf_name("/FT"): generic.pdf_name("/Tx"),
                generic.pdf_name("/T"): generic.pdf_string("khac"),
            }
        )
        fields.append(writer.add_object(field))
        writer.update_container(fields)

    return appended(pdf, change)


def with_other_drawing(pdf, name):
    def change(writer):
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if field["/T"] == name:
                drawn = field["/AP"].raw_get("/N")
                stream = drawn.get_object()
                stream._data, stream._encoded_data = b"0 0 200 200 re f", None
                writer.mark_update(drawn)

    return appended(pdf, change)


def with_value(pdf, name, value):
    def change(writer):
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if field["/T"] == name:
                field[generic.pdf_name("/V")] = generic.pdf_string(value)
                writer.update_container(field)

    return appended(pdf, change)
