"""Subset Be Vietnam Pro (OFL) to what Vietnamese text needs, and make its figures equally wide.

Usage: python build_fonts.py FONT_FOLDER OUT_FOLDER      (needs fonttools and brotli: the dependency group "build")

One file a weight: every page needs both latin and Vietnamese letters, and two files would carry the program of the
hints twice. The hints of the regular weight are kept for old Windows screens; those of the bold one, which only
headings and names use, would double its size.

The family has no ``tnum`` feature: its "1" is 385 units wide, its "4" 710. Columns of numbers need equal widths, so a
third, tiny file per weight holds the ten figures alone, centred on one advance; ``.cs-num`` asks for it by name.
"""

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

LATIN = (
    "U+0020-007E,U+00A0,U+00A7,U+00AB,U+00B0-00B1,U+00B7,U+00BB,U+00C0-00C3,U+00C8-00CA,U+00CC-00CD,"
    "U+00D2-00D5,U+00D7,U+00D9-00DA,U+00DD,U+00E0-00E3,U+00E8-00EA,U+00EC-00ED,U+00F2-00F5,U+00F9-00FA,"
    "U+00FD,U+2013-2014,U+2018-2019,U+201C-201D,U+2022,U+2026,U+2212"
)
VIETNAMESE = "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+1EA0-1EF9,U+20AB"
FIGURES = "U+0030-0039"
FIGURE_ADVANCE = 660
WEIGHTS = {400: "400Regular/BeVietnamPro_400Regular.ttf", 600: "600SemiBold/BeVietnamPro_600SemiBold.ttf"}
HINTED = 400


def codepoints(ranges: str) -> list[int]:
    found: list[int] = []
    for part in ranges.replace("U+", "").split(","):
        first, _, last = part.partition("-")
        found.extend(range(int(first, 16), int(last or first, 16) + 1))
    return found


def subset(source: Path, ranges: str, *, hinted: bool) -> TTFont:
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["kern", "liga", "ccmp", "locl", "mark"], notdef_outline=True, hinting=hinted)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codepoints(ranges))
    subsetter.subset(font)
    return font


def widen_figures(font: TTFont) -> None:
    for table in ("GPOS", "GSUB", "GDEF"):
        if table in font:
            del font[table]
    glyphs, metrics = font["glyf"], font["hmtx"]
    for name in font.getBestCmap().values():
        advance, bearing = metrics[name]
        shift = (FIGURE_ADVANCE - advance) // 2
        glyphs[name].coordinates.translate((shift, 0))
        glyphs[name].recalcBounds(glyphs)
        metrics[name] = (FIGURE_ADVANCE, bearing + shift)


def main(files: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    rules = []
    for weight, source in WEIGHTS.items():
        for family, name, ranges in (
            ("Be Vietnam Pro", f"bvp-{weight}.woff2", f"{LATIN},{VIETNAMESE}"),
            ("Be Vietnam Pro Tab", f"bvp-figures-{weight}.woff2", FIGURES),
        ):
            font = subset(files / source, ranges, hinted=weight == HINTED and ranges != FIGURES)
            if ranges == FIGURES:
                widen_figures(font)
            font.flavor = "woff2"
            font.save(out / name)
            rules.append(
                f'@font-face{{font-family:"{family}";font-weight:{weight};font-display:swap;'
                f'src:url({name}) format("woff2");unicode-range:{ranges}}}'
            )
    (out / "fonts.css").write_text("\n".join(rules) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
