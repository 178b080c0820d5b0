"""What styles say of a paragraph or a run, through all that they are based on."""

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

_OFF: Final = frozenset({"0", "false", "off", "none"})
_LONGEST_CHAIN: Final = 12


def is_on(flag: Element | None) -> bool | None:
    """Return whether a switch such as ``w:b`` is on; None if it is not there."""
    return None if flag is None else flag.get("w_val", "1") not in _OFF


class Styles:
    def __init__(self, root: Element | None) -> None:
        self._known = {} if root is None else {style.get("w_styleId", ""): style for style in root.findall("w_style")}
        self._default = next(
            (
                name
                for name, style in self._known.items()
                if style.get("w_type") == "paragraph" and style.get("w_default") in {"1", "true"}
            ),
            "",
        )

    def chain(self, name: str | None) -> Iterator[Element]:
        """Yield the style and what it is based on, nearest first."""
        for _step in range(_LONGEST_CHAIN):
            style = self._known.get(name or "")
            if style is None:
                return
            yield style
            based = style.find("w_basedOn")
            name = None if based is None else based.get("w_val")

    def of_paragraph(self, properties: Element | None) -> str:
        """Return the name of a paragraph's style."""
        named = None if properties is None else properties.find("w_pStyle")
        return self._default if named is None else named.get("w_val", "")

    def find(self, style: str | None, path: str) -> Element | None:
        """Return what the nearest of the chain says at ``path``."""
        return next((found for one in self.chain(style) if (found := one.find(path)) is not None), None)

    def heading_level(self, style: str, properties: Element | None) -> int:
        """Return 1 to 9 of a heading, 0 of ordinary text."""
        outline = None if properties is None else properties.find("w_outlineLvl")
        if outline is None:
            outline = self.find(style, "w_pPr/w_outlineLvl")
        value = "" if outline is None else outline.get("w_val", "")
        return int(value) + 1 if value in set("012345678") else 0

    def switch(self, tag: str, run: Element | None, paragraph_style: str) -> bool:
        """Return whether ``tag`` is on for a run: itself, else its own style, else the paragraph's."""
        if run is not None:
            if (own := is_on(run.find(tag))) is not None:
                return own
            named = run.find("w_rStyle")
            found = None if named is None else self.find(named.get("w_val"), f"w_rPr/{tag}")
            if found is not None:
                return bool(is_on(found))
        return bool(is_on(self.find(paragraph_style, f"w_rPr/{tag}")))
