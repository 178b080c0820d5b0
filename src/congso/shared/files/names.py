"""Names of files as people may see and save them."""

import re
import unicodedata

LONGEST_NAME = 180  # bytes of UTF-8, so that every file system takes it
NAMELESS = "tệp"
# What a file system or a reader's eye is fooled by: path and shell signs, control and direction marks.
FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def clean_name(name: str) -> str:
    """Return ``name`` in NFC without folders, control and direction marks, of at most 180 bytes; never empty."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    base = re.sub(r"\s+", " ", FORBIDDEN.sub("", base)).rstrip(" .")
    stem, suffix = split_suffix(base)
    stem = stem.strip(" .")
    if not stem or RESERVED.fullmatch(stem):
        stem = f"{NAMELESS} {stem}".strip()
    room = LONGEST_NAME - len(suffix.encode())
    return _cut(stem, room).rstrip(" .") + suffix


def split_suffix(name: str) -> tuple[str, str]:
    """Return the stem and the extension with its dot (at most 10 letters), empty if there is none."""
    match = re.fullmatch(r"(.*)(\.[A-Za-z0-9]{1,10})", name)
    return (match[1], match[2]) if match else (name, "")


def _cut(text: str, length: int) -> str:
    return text.encode()[:length].decode(errors="ignore")
