"""``congso backup TỆP``: everything of the installation into one file."""

from collections.abc import Sequence
from pathlib import Path

from congso.cli import options
from congso.ops import backups
from congso.ops.installed import Installation
from congso.ops.telling import fail, step, tell


def run(arguments: Sequence[str]) -> int:
    target = Path(options.read(arguments, words=["TỆP"])["TỆP"]).resolve()
    installed = Installation.present()
    if not installed.is_made:
        return fail(f"Chưa có hệ thống nào ở {installed.folder} để sao lưu.")
    try:
        with installed.database(), step(f"Sao lưu {installed.folder}"):
            report = backups.back_up(installed, target)
    except backups.BackupUnusable as error:
        return fail(str(error))
    tell(f"Đã sao lưu và đọc lại đúng: {target} ({report.size / 1e6:.1f} MB, {report.files} tệp và cơ sở dữ liệu).")
    tell("Tệp này chứa cả khóa của hệ thống: cất ở nơi khác máy này, chỉ người phụ trách đọc được.")
    return 0
