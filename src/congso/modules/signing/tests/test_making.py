"""Room for a signature is reckoned before it is made, so that no trial signature is needed."""

import io

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from congso.modules.signing.pdf.making import sign_pdf
from congso.modules.signing.tests.factories import NOW, key_of, prepared

LONG = "Ủy ban nhân dân xã Nguyễn Thị Hồng Thắm, huyện Nông Cống, Thanh Hóa"


@pytest.mark.parametrize(("name", "organ"), [("A", "B"), (LONG, LONG)])
def test_it_fits_whatever_the_certificate_says(name, organ):
    signed = sign_pdf(prepared(), field="leader", key=key_of(name, organ), reason="TM. " * 50, signed_at=NOW)

    (signature,) = PdfFileReader(io.BytesIO(signed)).embedded_regular_signatures
    spare = len(signature.pkcs7_content) - len(signature.signed_data.dump())
    assert 0 < spare < 1500
