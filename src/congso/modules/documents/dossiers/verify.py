"""Kiểm tra một hồ sơ đã xuất. Cần Python 3 và, để kiểm chữ ký, chương trình openssl; không cần phần mềm nào khác.

Check an exported dossier, standing beside its files: ``python3 verify.py``. It is written for whoever opens the folder
years later: the standard library, ``openssl`` and ``pdfsig`` where they are found, and nothing of the program that
exported it.
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
SUMS = "SHA256SUMS"


def main() -> int:
    """Check everything, print what was found, return 0 if all that could be checked holds."""
    faults = []
    faults += check_sums()
    if not faults:
        journal = json.loads((HERE / "nhat-ky.json").read_text(encoding="utf-8"))
        faults += check_lines(journal)
        faults += check_seals(journal)
        faults += check_papers(journal)
    for fault in faults:
        say("LỖI: " + fault)
    say("KẾT LUẬN: hồ sơ KHÔNG còn nguyên vẹn." if faults else "KẾT LUẬN: hồ sơ nguyên vẹn.")
    return 1 if faults else 0


def say(text: str) -> None:
    sys.stdout.buffer.write((text + "\n").encode())


def check_sums() -> "list[str]":
    """Compare each file with its sum; every file has one."""
    faults, known = [], set()
    for line in (HERE / SUMS).read_text(encoding="utf-8").splitlines():
        expected, name = line[:64], line[66:]
        known.add(name)
        file = HERE / name
        if not file.is_file():
            faults.append("thiếu tệp " + name)
        elif hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            faults.append("tệp " + name + " đã bị sửa")
    present = {file.relative_to(HERE).as_posix() for file in HERE.rglob("*") if file.is_file()}
    faults += ["có tệp lạ " + name for name in sorted(present - known - {SUMS})]
    say(f"Tệp: {len(known)}, đối chiếu với {SUMS}.")
    return faults


def check_lines(journal: "dict[str, Any]") -> "list[str]":
    """Let each line of the journal lead to the root of its seal (RFC 6962)."""
    faults, waiting = [], 0
    roots = {seal["number"]: seal["root"] for seal in journal["seals"]}
    for line in journal["lines"]:
        if line["seal"] is None:
            waiting += 1
            continue
        number, seal = line["id"], line["seal"]
        if climbed(line) != roots.get(seal):
            faults.append(f"dòng nhật ký {number} không thuộc niêm phong {seal}")
    count = len(journal["lines"])
    say(f"Nhật ký: {count} dòng, {waiting} dòng chưa niêm phong lúc xuất.")
    return faults


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


def check_seals(journal: "dict[str, Any]") -> "list[str]":
    """Check that each seal is what was signed, and its signature by openssl."""
    faults = []
    program = shutil.which("openssl")
    for seal in journal["seals"]:
        number = seal["number"]
        parts = ["congso journal seal 1"] + [
            seal[name]
            for name in (
                "number",
                "cluster",
                "first_transaction",
                "end_transaction",
                "line_count",
                "root",
                "previous_hash",
                "sealed_at",
            )
        ]
        digest = hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).digest()
        if not seal["signature"]:
            faults.append(f"niêm phong {number} không có chữ ký")
        elif program and not is_signed(program, seal, digest):
            faults.append(f"chữ ký của niêm phong {number} không đúng")
    how = "chữ ký kiểm bằng openssl" if program else "CHƯA kiểm chữ ký vì máy này không có openssl"
    count = len(journal["seals"])
    say(f"Niêm phong: {count}, {how}.")
    for name in sorted({seal["certificate"] for seal in journal["seals"]}):
        mark = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        say(f"Chứng thư ký niêm phong: {name}, SHA-256 {mark}; đối chiếu với cơ quan đã xuất hồ sơ.")
    return faults


def is_signed(program: str, seal: "dict[str, Any]", digest: bytes) -> bool:
    """Ask openssl whether the seal was signed with the key of its certificate."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "digest").write_bytes(digest)
        (place / "signature").write_bytes(bytes.fromhex(seal["signature"]))
        certificate = str(HERE / seal["certificate"])
        key = subprocess.run(
            [program, "x509", "-in", certificate, "-pubkey", "-noout"], capture_output=True, check=False
        )
        (place / "key").write_bytes(key.stdout)
        asked = ["dgst", "-sha256", "-verify", str(place / "key"), "-signature", str(place / "signature")]
        done = subprocess.run([program, *asked, str(place / "digest")], capture_output=True, check=False)
    return done.returncode == 0


def check_papers(journal: "dict[str, Any]") -> "list[str]":
    """Say which files the journal names by their sum, and let pdfsig check the signatures in PDF files."""
    faults = []
    sealed = [line["content"] for line in journal["lines"] if line["seal"] is not None]
    named = set(re.findall(r"[0-9a-f]{64}", json.dumps(sealed)))
    papers = json.loads((HERE / "chu-ky.json").read_text(encoding="utf-8"))
    program = shutil.which("pdfsig")
    attested = sum(hashlib.sha256((HERE / paper["file"]).read_bytes()).hexdigest() in named for paper in papers)
    say(f"Văn bản và tệp: {len(papers)}, trong đó {attested} được nhật ký đã niêm phong nêu đúng mã.")
    for paper in papers:
        if not program or not paper["signatures"]:
            continue
        done = subprocess.run([program, str(HERE / paper["file"])], capture_output=True, check=False)
        said = done.stdout.decode("utf-8", "replace")
        valid = said.count("Signature is Valid")
        if valid != len(paper["signatures"]) and paper["verdict"] != "failed":
            faults.append("chữ ký trong " + paper["file"] + " không còn đúng")
    say("Chữ ký trong PDF: kiểm bằng pdfsig." if program else "Chữ ký trong PDF: CHƯA kiểm vì máy này không có pdfsig.")
    return faults


if __name__ == "__main__":
    sys.exit(main())
