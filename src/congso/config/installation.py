"""What one installation keeps in its data folder: secret, clock offset, the address of its database."""

import hashlib
import json
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def data_folder() -> Path:
    """Return the folder that holds all of this installation (``CONGSO_DATA``, else ``var`` where it was started)."""
    return Path(os.environ.get("CONGSO_DATA", "var")).resolve()


def secret_key(folder: Path) -> str:
    """Return the installation's secret, made at the first start and readable by its owner only."""
    path = folder / "secret.key"
    try:
        return path.read_text()
    except FileNotFoundError:
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(48)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(key)
        return key


# What the kernel takes as the path of a socket, less PostgreSQL's own file name in the folder.
SOCKET_FOLDER_BYTES = 107 - len("/.s.PGSQL.5432")


def socket_folder(folder: Path) -> Path:
    """Return where the embedded server of this data folder keeps its socket: in it, if the path is short enough."""
    inside = folder / "run"
    if len(os.fsencode(inside)) <= SOCKET_FOLDER_BYTES:
        return inside
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"congso-{os.getuid()}-{name}"


def make_private(folder: Path, *, owner: int | None = None) -> None:
    """Make a folder that nobody but its owner may enter.

    :param owner: whose it shall be; None for this process's user.
    :raises PermissionError: somebody else's folder or link stands in its place.
    """
    wanted = os.geteuid() if owner is None else owner
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid not in {wanted, os.geteuid()}:
        raise PermissionError(f"{folder} belongs to somebody else")
    if about.st_uid != wanted:
        os.chown(folder, wanted, -1)
    folder.chmod(0o700)


def clock_offset(folder: Path) -> float:
    """Return by how many seconds the demo's clock differs from real time; 0 without ``clock.json``."""
    try:
        return float(json.loads((folder / "clock.json").read_text())["offset_seconds"])
    except FileNotFoundError:
        return 0.0


def database(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Return Django's settings of the database: ``DATABASE_URL``, else the embedded server's socket in ``folder``."""
    pool = {"min_size": 1, "max_size": 4}
    # Only prepared queries (``kernel.prepared``) are kept by the server; a pooler before it must know of them.
    options = {"pool": pool, "prepare_threshold": 1}
    # Asked once whenever one is taken from the pool: after a restart of the server nobody is given a dead connection.
    common = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": options, "CONN_HEALTH_CHECKS": True}
    url = environment.get("DATABASE_URL")
    if not url:
        return common | {"NAME": "congso", "USER": "congso", "HOST": str(socket_folder(folder))}
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return common | {
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or query.pop("port", "")),
        "OPTIONS": {**options, **query},
    }
