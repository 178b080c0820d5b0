"""The process that opens Word files and pictures: strangers' files meet their readers here and nowhere else.

Run as a module, without Django, by :mod:`congso.modules.documents.importing`; see ``shared.files.apart`` for what is
asked and answered. ``op`` is ``word`` (the parts are the tree and what goes with it as JSON, then the pictures) or
``picture`` (the head says ``media_type`` and ``width`` in points, the part is the picture).
"""

import json
import resource
import sys
from typing import Any, BinaryIO

from congso.modules.documents.word.archive import Archive, Refused
from congso.modules.documents.word.guarding import lines_of
from congso.modules.documents.word.pictures import safe_picture
from congso.modules.documents.word.reading import read

MEMORY = 1536 * 1024**2


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while line := requests.readline():
        request = json.loads(line)
        content = requests.read(request["length"])
        try:
            head, parts = answer(request["op"], content)
        except Refused as refusal:
            head, parts = {"error": str(refusal)}, []
        except (MemoryError, RecursionError):
            head, parts = {"error": "bomb"}, []
        except (ValueError, KeyError, OSError, AttributeError):
            head, parts = {"error": "broken"}, []
        head["lengths"] = [len(part) for part in parts]
        answers.write(json.dumps(head).encode() + b"\n")
        answers.writelines(parts)
        answers.flush()


def answer(op: str, content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if op == "picture":
        picture = safe_picture(content)
        return {"media_type": picture.media_type, "width": picture.width}, [picture.content]
    found = read(content)
    told = {
        "tree": found.tree,
        "left": found.left,
        "guarded": lines_of(Archive(content)),
        "media_types": [picture.media_type for picture in found.pictures],
    }
    return {}, [json.dumps(told).encode(), *(picture.content for picture in found.pictures)]


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
