"""The doctor's own checks: database, disk, clock, worker, seals, bundle."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from congso.kernel import clock
from congso.shared import checkup
from congso.shared.checkup import Check, Finding, State

_GIGABYTE = 1024**3
_LITTLE_SPACE, _NO_SPACE = 5 * _GIGABYTE, 1 * _GIGABYTE
_WORKER_SILENCE = timedelta(minutes=1)
_CLOCK_DRIFT = timedelta(seconds=60)
_SEAL_DELAY = timedelta(minutes=5)
_OLDEST_UNSEALED = """
SELECT min(line.at) FROM journal_journalline line, (SELECT (pg_control_system()).system_identifier AS id) here
WHERE line.cluster = here.id
AND line.transaction >= (SELECT coalesce(max(end_transaction), 0) FROM journal_seal WHERE cluster = here.id)
"""


def register() -> None:
    """Put the checks into the registry; safe to repeat."""
    for check in (
        Check("ops.database", "Cơ sở dữ liệu", database, needs_database=False),
        Check("ops.disk", "Chỗ trống trên đĩa", disk, needs_database=False),
        Check("ops.bundle", "Giao diện đã dựng", bundle, needs_database=False),
        Check("ops.schema", "Cấu trúc dữ liệu", schema),
        Check("ops.clock", "Đồng hồ", clocks),
        Check("ops.worker", "Việc nền", worker),
        Check("ops.stuck_jobs", "Việc nền bị lỗi", failed_jobs),
        Check("ops.seals", "Niêm phong nhật ký", seals),
    ):
        checkup.register(check)


def database() -> Finding:
    try:
        version = _one("SHOW server_version")
    except Exception as error:  # noqa: BLE001 - whatever keeps us from the database is the finding
        connection.close()
        return Finding(
            State.BAD,
            f"Chưa kết nối được: {error}".strip(),
            "Chạy “congso up” (hoặc “make demo”). Nếu dùng DATABASE_URL, kiểm tra địa chỉ và mật khẩu.",
        )
    return Finding(State.GOOD, f"PostgreSQL {version} trả lời bình thường")


def disk() -> Finding:
    folder: Path = settings.DATA_FOLDER
    free = shutil.disk_usage(folder).free
    said = f"Còn {free / _GIGABYTE:.1f} GB ở {folder}".replace(".", ",", 1)
    if free < _NO_SPACE:
        return Finding(State.BAD, said, "Dọn đĩa ngay: hết chỗ thì không ghi được văn bản nào.")
    if free < _LITTLE_SPACE:
        return Finding(State.WATCH, said, "Chuyển bản sao lưu cũ đi nơi khác hoặc thêm đĩa.")
    return Finding(State.GOOD, said)


def bundle() -> Finding:
    folder = Path(settings.STATIC_ROOT)
    if any(folder.rglob("*.css")):
        return Finding(State.GOOD, "Có đủ tệp giao diện")
    return Finding(State.BAD, "Chưa có tệp giao diện", "Chạy lại “make demo” hoặc “congso up” để dựng.")


def schema() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return Finding(State.BAD, f"Còn {len(missing)} bước nâng cấp chưa chạy", "Chạy “congso up” để nâng cấp.")
    return Finding(State.GOOD, "Đúng với phiên bản phần mềm")


def clocks() -> Finding:
    there: datetime = _one("SELECT clock_timestamp()")
    drift = abs(there - datetime.now(UTC))
    if drift > _CLOCK_DRIFT:
        return Finding(
            State.BAD,
            f"Máy này và máy cơ sở dữ liệu lệch nhau {drift.total_seconds():.0f} giây",
            "Bật đồng bộ giờ (timedatectl set-ntp true) trên cả hai máy.",
        )
    if settings.CONGSO_CLOCK_OFFSET:
        return Finding(State.GOOD, "Bản dùng thử chạy theo ngày giả lập, giờ máy khớp")
    return Finding(State.GOOD, "Giờ máy khớp")


def worker() -> Finding:
    seen: datetime | None = _one("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if seen is None:
        return Finding(State.WATCH, "Không có tiến trình việc nền nào", "Chạy “congso up” (hoặc “make demo”).")
    silence = datetime.now(UTC) - seen
    if silence > _WORKER_SILENCE:
        return Finding(
            State.WATCH,
            f"Tiến trình việc nền im lặng từ {silence.total_seconds() / 60:.0f} phút trước",
            "Nếu hệ thống đang chạy, dừng rồi chạy lại; văn bản đang chờ không bị mất.",
        )
    return Finding(State.GOOD, "Tiến trình việc nền đang chạy")


def failed_jobs() -> Finding:
    failed: int = _one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
    if failed:
        return Finding(
            State.WATCH, f"Có {failed} việc nền lỗi hẳn", "Xem worker.log trong thư mục log và báo người hỗ trợ."
        )
    return Finding(State.GOOD, "Không có việc nền lỗi hẳn")


def seals() -> Finding:
    waits_since: datetime | None = _one(_OLDEST_UNSEALED)
    if waits_since is not None and clock.now() - waits_since > _SEAL_DELAY:
        return Finding(
            State.WATCH,
            f"Nhật ký chưa niêm phong từ {waits_since.astimezone(clock.HANOI):%H:%M ngày %d/%m/%Y}",
            "Tiến trình việc nền phải đang chạy; nếu đang chạy, xem worker.log trong thư mục log.",
        )
    return Finding(State.GOOD, "Nhật ký đã niêm phong đến nay")


def _one(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        row = cursor.fetchone()
    return row[0] if row else None
