"""Kiểm tra một hồ sơ đã xuất. Cần Python 3 và, để kiểm chữ ký, chương trình openssl; không cần phần mềm nào khác.

Check an exported dossier, standing beside its files: ``python3 verify.py``. It is written for whoever opens the folder
years later: the standard library, ``openssl`` and ``pdfsig`` where they are found, and nothing of the program that
exported it.

Mã kết thúc (exit codes): 0 nguyên vẹn (all was checked and holds); 1 không còn nguyên vẹn (something contradicts a sum,
a sealed line or a signature); 2 chưa đối chiếu được hết (nothing contradicts, but something could not be compared).
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SUMS, JOURNAL, SIGNATURES = "SHA256SUMS", "nhat-ky.json", "chu-ky.json"
CERTIFICATES = "chung-thu/"
WRITTEN = "documents.dossier_written"
# What the program wrote itself, by the fact of its line that names the sum.
WRITTEN_FILES = {"index": "index.html", "metadata": "metadata.xml", "signatures": SIGNATURES, "script": "verify.py"}


class Found:
    """What was found.

    ``faults`` contradict what was sealed or signed; ``gaps`` could not be compared; ``notes`` leave the rest as it is.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.gaps: list[str] = []
        self.notes: list[str] = []


def main() -> int:
    """Check everything, print what was found and the conclusion, return the exit code."""
    found = Found()
    try:
        sums = check_sums(found)
        if not found.faults:
            check_all(sums, found)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        found.faults.append(f"không đọc được hồ sơ: {error!r}")
    for fault in found.faults:
        say("LỖI: " + fault)
    if found.faults:
        say("KẾT LUẬN: hồ sơ KHÔNG còn nguyên vẹn.")
        return 1
    notes = "".join("; " + note for note in found.notes)
    if found.gaps:
        say("KẾT LUẬN: không thấy chỗ nào sai, nhưng " + "; ".join(found.gaps) + notes + ".")
        return 2
    say("KẾT LUẬN: hồ sơ nguyên vẹn, nếu chứng thư trên đúng là của cơ quan" + notes + ".")
    return 0


def check_all(sums: "dict[str, str]", found: Found) -> None:
    journal = json.loads((HERE / JOURNAL).read_text(encoding="utf-8"))
    papers = json.loads((HERE / SIGNATURES).read_text(encoding="utf-8"))
    check_lines(journal, found)
    check_seals(journal, found)
    check_written(journal, sums, found)
    check_files(journal, papers, sums, found)
    check_signatures(papers, found)


def say(text: str) -> None:
    sys.stdout.buffer.write((text + "\n").encode())


def check_sums(found: Found) -> "dict[str, str]":
    """Compare each file with its sum; every file has one. Return the sums by name."""
    sums = {}
    for line in (HERE / SUMS).read_text(encoding="utf-8").splitlines():
        expected, name = line[:64], line[66:]
        sums[name] = expected
        file = HERE / name
        if not file.is_file():
            found.faults.append("thiếu tệp " + name)
        elif hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            found.faults.append("tệp " + name + " đã bị sửa")
    present = {file.relative_to(HERE).as_posix() for file in HERE.rglob("*") if not file.is_dir()}
    found.faults += ["có tệp lạ " + name for name in sorted(present - set(sums) - {SUMS})]
    say(f"Tệp: {len(sums)}, đối chiếu với {SUMS}.")
    return sums


def check_lines(journal: "dict[str, Any]", found: Found) -> None:
    """Let each line lead to the root of its seal (RFC 6962); one that says it has none must lie outside all seals."""
    seals = {seal["number"]: seal for seal in journal["seals"]}
    waiting = 0
    for line in journal["lines"]:
        number, by = line["id"], line["seal"]
        if by is None:
            waiting += 1
            found.faults += [
                f"dòng nhật ký {number} bị ghi là chưa niêm phong, nhưng thuộc niêm phong {seal['number']}"
                for seal in seals.values()
                if seal["cluster"] == line["cluster"]
                and seal["first_transaction"] <= line["transaction"] < seal["end_transaction"]
            ]
        elif by not in seals or climbed(line) != seals[by]["root"]:
            found.faults.append(f"dòng nhật ký {number} không thuộc niêm phong {by}")
    count = len(journal["lines"])
    say(f"Nhật ký: {count} dòng, {waiting} dòng chưa niêm phong.")
    if waiting:
        found.gaps.append(f"{waiting} dòng chưa niêm phong")


def climbed(line: "dict[str, Any]") -> str:
    """Return the root that a line's content leads to."""
    text = json.dumps(line["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    numbers = (line["cluster"], line["transaction"], line["id"])
    leaf = b"".join(number.to_bytes(8, "big", signed=True) for number in numbers)
    node = hashlib.sha256(b"\x00" + leaf + hashlib.sha256(text.encode()).digest()).digest()
    for side, beside in line["path"]:
        other = bytes.fromhex(beside)
        node = hashlib.sha256(b"\x01" + (other + node if side == "left" else node + other)).digest()
    return node.hex()


def check_seals(journal: "dict[str, Any]", found: Found) -> None:
    """Check that each seal is what was signed, and its signature by openssl."""
    program = shutil.which("openssl")
    for seal in journal["seals"]:
        number = seal["number"]
        if not seal["signature"] or not seal["certificate"]:
            found.faults.append(f"niêm phong {number} không có chữ ký hoặc chứng thư")
        elif program and not is_signed(program, seal):
            found.faults.append(f"chữ ký của niêm phong {number} không đúng")
    count = len(journal["seals"])
    say(f"Niêm phong: {count}, " + ("chữ ký kiểm bằng openssl." if program else "CHƯA kiểm chữ ký."))
    if not program:
        found.gaps.append("chưa kiểm được chữ ký của niêm phong vì máy này không có openssl")
    for name in sorted({seal["certificate"] for seal in journal["seals"] if seal["certificate"]}):
        mark = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        say(f"Chứng thư ký niêm phong: {name}, SHA-256 {mark}; đối chiếu với cơ quan đã xuất hồ sơ.")


def is_signed(program: str, seal: "dict[str, Any]") -> bool:
    """Ask openssl whether the seal was signed with the key of its certificate."""
    named = ("number", "cluster", "first_transaction", "end_transaction", "line_count", "root", "previous_hash")
    parts = ["congso journal seal 1"] + [seal[name] for name in named] + [seal["sealed_at"]]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "digest").write_bytes(hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).digest())
        (place / "signature").write_bytes(bytes.fromhex(seal["signature"]))
        certificate = str(HERE / seal["certificate"])
        key = subprocess.run(
            [program, "x509", "-in", certificate, "-pubkey", "-noout"], capture_output=True, check=False
        )
        (place / "key").write_bytes(key.stdout)
        asked = ["dgst", "-sha256", "-verify", str(place / "key"), "-signature", str(place / "signature")]
        done = subprocess.run([program, *asked, str(place / "digest")], capture_output=True, check=False)
    return done.returncode == 0


def check_written(journal: "dict[str, Any]", sums: "dict[str, str]", found: Found) -> None:
    """Compare what the program wrote itself with the line that it wrote about this very export."""
    about = [
        line
        for line in journal["lines"]
        if line["content"][1] == WRITTEN and line["content"][8].get("export") == journal["export"]
    ]
    if not any(line["seal"] is not None for line in about):
        found.gaps.append("chưa đối chiếu được với nhật ký: " + ", ".join(WRITTEN_FILES.values()))
        return
    said = [line["content"][8] for line in about if line["seal"] is not None]
    for fact, name in WRITTEN_FILES.items():
        if all(facts[fact] != sums.get(name) for facts in said):
            found.faults.append("tệp " + name + " khác với tệp mà nhật ký đã niêm phong nêu")


def check_files(
    journal: "dict[str, Any]", papers: "list[dict[str, Any]]", sums: "dict[str, str]", found: Found
) -> None:
    """Compare each paper and file with ``chu-ky.json``, and with the sealed lines of the acts that brought it in."""
    listed = {paper["file"]: paper["sha256"] for paper in papers}
    ours = {JOURNAL, *WRITTEN_FILES.values()}
    there = {name for name in sums if name not in ours and not name.startswith(CERTIFICATES)}
    found.faults += ["có tệp lạ " + name for name in sorted(there - set(listed))]
    found.faults += ["thiếu tệp " + name for name in sorted(set(listed) - there)]
    differing = sorted(name for name in there & set(listed) if listed[name] != sums[name])
    found.faults += [f"tệp {name} khác với tệp đã xuất, nêu trong {SIGNATURES}" for name in differing]
    sealed = [line["content"] for line in journal["lines"] if line["seal"] is not None]
    named = set(re.findall(r"\b[0-9a-f]{64}\b", json.dumps([one for one in sealed if one[1] != WRITTEN])))
    unnamed = sorted(name for name in there if sums[name] not in named)
    say(f"Văn bản và tệp: {len(there)}, trong đó {len(there) - len(unnamed)} được nhật ký đã niêm phong nêu đúng mã.")
    if unnamed:
        found.gaps.append("chưa đối chiếu được với nhật ký: " + ", ".join(unnamed))


def check_signatures(papers: "list[dict[str, Any]]", found: Found) -> None:
    """Let pdfsig check each PDF file; it must find what was found when the dossier was exported."""
    program = shutil.which("pdfsig")
    pdfs = [paper for paper in papers if paper["file"].endswith(".pdf")]
    if program is None:
        say("Chữ ký trong PDF: CHƯA kiểm.")
        if any(paper["signatures"] for paper in pdfs):
            found.notes.append("chữ ký trong PDF chưa kiểm vì máy này không có pdfsig")
        return
    for paper in pdfs:
        name, expected = paper["file"], len(paper["signatures"])
        done = subprocess.run([program, str(HERE / name)], capture_output=True, check=False)
        said = done.stdout.decode("utf-8", "replace")
        signed, valid = said.count("Signature Validation:"), said.count("Signature is Valid")
        if paper["verdict"] == "failed":
            found.notes.append("chữ ký trong " + name + " không hợp lệ từ lúc xuất")
        elif valid < expected and paper["verdict"] == "passed":
            found.faults.append("chữ ký trong " + name + " không còn đúng")
        elif valid < expected:
            found.gaps.append(f"pdfsig thấy {valid} chữ ký đúng trong {name}, lúc xuất chưa kết luận được")
        elif signed != expected:
            found.gaps.append(f"pdfsig thấy {signed} chữ ký trong {name}, lúc xuất thấy {expected}")
    say(f"Chữ ký trong PDF: {len(pdfs)} tệp, kiểm bằng pdfsig.")


if __name__ == "__main__":
    sys.exit(main())
