"""The README's tour: pictures that the story's journey takes on its way, when ``CONGSO_TOUR`` asks for them."""

import io
import json
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "tour"
START, END = "<!-- tour:start -->\n", "<!-- tour:end -->"
COLOURS = 192

# In the order of the README: file name, the route that it shows, what to read under it.
PICTURES = {
    "01-trang-dau.png": ("desk:front", "Trang đầu: bấm lần lượt các vai của câu chuyện."),
    "02-soan-ke-hoach.png": ("documents:edit", "Soạn kế hoạch; bên phải là trang sẽ in, theo Nghị định 30/2020/NĐ-CP."),
    "03-xac-nhan-ky.png": ("signing:confirm", "Trước khi ký: văn bản nào, với tư cách nào, bằng chứng thư nào."),
    "04-da-phat-hanh.png": ("documents:detail", "Đã cấp số, đóng dấu, phát hành: hai chữ ký hợp lệ, 29 nơi nhận."),
    "05-van-ban-den.png": ("documents:incoming", "Ở xã: văn bản vừa đến, chữ ký đã kiểm tra, chờ vào sổ."),
    "06-but-phe-dien-thoai.png": ("documents:incoming_detail", "Chủ tịch xã bút phê trên điện thoại."),
    "07-viec-cua-toi.png": ("desk:home", "Việc của tôi: việc gần hạn đứng trước."),
    "08-so-lieu.png": ("overseer:board", "Số liệu của huyện: bấm vào số nào cũng mở ra văn bản."),
    "09-mo-so-lieu.png": ("overseer:opened", "Đúng những văn bản đã được đếm."),
}


def take(page: Page, name: str) -> None:
    """Keep a picture of the screen, as it is seen, if the tour is being made."""
    assert name in PICTURES, f"{name} has no place in the tour"
    if "CONGSO_TOUR" in os.environ:
        FOLDER.mkdir(exist_ok=True)
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        picture.quantize(COLOURS).save(FOLDER / name, optimize=True)


def write_readme() -> None:
    """Put the pictures into the README, each with its sentence, and note which page each shows."""
    routes = {name: route for name, (route, _says) in PICTURES.items()}
    FOLDER.joinpath("tour.json").write_text(json.dumps(routes, indent=2) + "\n")
    readme = ROOT / "README.md"
    before, rest = readme.read_text().split(START)
    _old, after = rest.split(END)
    shown = "\n".join(f"{says}\n\n![{says}](docs/tour/{name})\n" for name, (_route, says) in PICTURES.items())
    readme.write_text(f"{before}{START}\n{shown}\n{END}{after}")
