"""Make the demo: clock, locality, people, history. Each part is made once and found again at the next start."""

from datetime import datetime
from importlib import import_module

from congso.kernel.clock import HANOI
from congso.ops import held_clock
from congso.ops.demo.keys_to_the_door import PASSWORD, PIN
from congso.ops.installed import Installation
from congso.ops.telling import step, tell

# The day of the article, half an hour after the office opens.
FIRST_MOMENT = datetime(2023, 11, 29, 7, 30, tzinfo=HANOI)
GREETING = (
    "Dữ liệu mẫu, ngày giả lập: bắt đầu lúc 7:30 thứ Tư, 29/11/2023. Mọi tên người đều là tên đặt ra.",
    "Trang đầu cho vào thẳng từng vai trò. Hoặc đăng nhập bằng tài khoản, mật khẩu chung:",
    f"  mật khẩu {PASSWORD}, mã PIN ký số {PIN}",
    "  chuyenvien.huyen, chanhvanphong.huyen, chutich.huyen, vanthu.huyen, theodoi.vhtt",
    "  vanthu.thanglong, chutich.thanglong, vanhoa.thanglong",
    "",
)


def prepare(installed: Installation) -> None:
    """Set the demo's clock, before the settings read it."""
    held_clock.wind(installed.folder, start=FIRST_MOMENT)


def load(installed: Installation) -> None:
    """Make what the demo shows. Safe to repeat."""
    # Models can be imported only now that Django is set up.
    parts = import_module("congso.ops.demo.parts")
    if not installed.facts().get("demo_is_made"):
        tell("Làm dữ liệu mẫu (chỉ lần đầu, chừng vài phút):")
        with step("Nạp địa bàn và cơ quan của huyện Nông Cống"):
            parts.load_locality()
        parts.fill_posts()
        parts.write_history()
        installed.remember(demo_is_made=True)
