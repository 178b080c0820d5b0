"""The command ``congso``. Each sub-command is a module of this package with ``run(arguments) -> exit code``."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from congso.cli.options import Misunderstood
from congso.ops.telling import fail, print_result, tell


@dataclass(frozen=True, slots=True)
class Command:
    """A sub-command: how it is called and what it does, for the overview."""

    usage: str
    does: str


COMMANDS = {
    "up": Command("up", "Chạy hệ thống (Ctrl-C để dừng)"),
    "demo": Command("demo [--reset]", "Chạy bản dùng thử với dữ liệu mẫu; --reset làm lại từ đầu"),
    "doctor": Command("doctor", "Khám hệ thống, nói chỗ hỏng và cách chữa"),
    "backup": Command("backup TỆP", "Sao lưu tất cả vào một tệp"),
    "restore": Command("restore TỆP", "Khôi phục bản sao lưu vào một thư mục còn trống"),
    "verify-journal": Command("verify-journal [--anchor SỐ:MÃ]", "Kiểm tra nhật ký có bị sửa, xóa, chèn, đảo không"),
    "bench": Command("bench TÊN [--json] [--scale SỐ] [--all]", "Đo tốc độ trên dữ liệu tự sinh"),
    "chaos": Command("chaos documents [--kills SỐ] [--seed SỐ]", "Giết ngẫu nhiên lúc đang làm việc, rồi so sánh"),
    "manage": Command("manage …", "Lệnh quản trị của Django, cho người phát triển"),
}


def overview() -> str:
    width = max(len(command.usage) for command in COMMANDS.values())
    lines = [f"  congso {command.usage:<{width}}  {command.does}" for command in COMMANDS.values()]
    where = "Dữ liệu nằm ở thư mục CONGSO_DATA (mặc định: var, bản dùng thử: var/demo)."
    server = "DATABASE_URL chỉ máy chủ PostgreSQL khác thay cho máy chủ nhúng sẵn."
    return "\n".join(["Công Số: văn phòng số của một địa phương", "", *lines, "", where, server])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the sub-command that is asked for and exit with its code."""
    name, *rest = (sys.argv[1:] if arguments is None else list(arguments)) or ["help"]
    if name in {"help", "-h", "--help"}:
        print_result(overview())
        sys.exit(0)
    if name not in COMMANDS:
        tell(overview())
        sys.exit(fail(f"\nKhông có lệnh “{name}”."))
    try:
        sys.exit(import_module(f"congso.cli.{name.replace('-', '_')}").run(rest))
    except Misunderstood as error:
        sys.exit(fail(f"{error}\nCách gọi: congso {COMMANDS[name].usage}"))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
