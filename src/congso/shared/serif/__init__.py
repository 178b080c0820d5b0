"""The serif of papers: Tinos (SIL Open Font License 1.1), whose widths equal those of Times New Roman.

Its files are copied from the npm package ``@expo-google-fonts/tinos`` at set-up (``frontend/serif.mjs``) and never
committed. Who draws on a paper after it was rendered (its number, its date) takes the same files.
"""

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent / "built"
FAMILY: Final = "Tinos"
SERIF_REGULAR: Final = FOLDER / "Tinos_400Regular.ttf"
SERIF_ITALIC: Final = FOLDER / "Tinos_400Regular_Italic.ttf"
SERIF_BOLD: Final = FOLDER / "Tinos_700Bold.ttf"
SERIF_BOLD_ITALIC: Final = FOLDER / "Tinos_700Bold_Italic.ttf"
FILES: Final = (SERIF_REGULAR, SERIF_ITALIC, SERIF_BOLD, SERIF_BOLD_ITALIC)


class SerifMissing(RuntimeError):
    """The set-up has not put the font files in place; nothing can be rendered."""


def files() -> tuple[Path, ...]:
    """Return the four font files.

    :raises SerifMissing: one of them is not there.
    """
    missing = [file.name for file in FILES if not file.is_file()]
    if missing:
        raise SerifMissing(f"not in {FOLDER}: {', '.join(missing)}; run frontend/build.py")
    return FILES
