"""A further revision of a file, appended so that the whole stays PDF/A."""

import io

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

END_OF_LINE = b"\n"


class Revision(IncrementalPdfFileWriter):
    """What is changed in a file, appended to it; what the file says of itself (its XMP metadata) stays as it was drawn.

    The library would write the metadata anew with each revision: with the machine's clock for a moment, and with
    extension schemas in a form that PDF/A does not know.
    """

    def __init__(self, pdf: bytes) -> None:
        # An object of PDF/A begins a line, also the first one after the drawn file.
        super().__init__(io.BytesIO(pdf if pdf.endswith(END_OF_LINE) else pdf + END_OF_LINE))

    def _update_meta(self) -> None:
        pass
