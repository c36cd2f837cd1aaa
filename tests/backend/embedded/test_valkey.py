import socket
from pathlib import Path

import pytest
import valkey

from backend.embedded.process import EmbeddedError, free_port
from backend.embedded.valkey import Valkey


def test_start__deep_folder__answers_with_its_password_only(deep: Path):
    server = Valkey(deep)
    server.start()
    try:
        with valkey.from_url(server.url) as client:
            assert client.ping()
        stranger = valkey.Valkey(port=server.port)
        with stranger, pytest.raises(valkey.exceptions.AuthenticationError):
            stranger.ping()
    finally:
        server.stop()


def test_start__orphan_in_the_folder__replaces_it(tmp_path: Path):
    orphan, server = Valkey(tmp_path), Valkey(tmp_path)
    orphan.start()

    server.start()

    try:
        assert orphan.process.poll() is not None
        with valkey.from_url(server.url) as client:
            assert client.ping()
    finally:
        server.stop()


def test_start__port_taken__says_so_and_recovers(tmp_path: Path):
    port = free_port()
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(EmbeddedError, match=f"port {port} is taken"),
    ):
        Valkey(tmp_path, port=port).start()

    server = Valkey(tmp_path, port=port)
    server.start()
    server.stop()
