"""An OpenID Connect issuer as areas have one: a real HTTP server with real keys."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

CLIENT_ID = "krunet-mobile"


class Issuer:
    """`issuer.token(email="…")` signs a good token; each claim and the key can be another."""

    def __init__(self) -> None:
        self.asked = 0  # how often its keys were read
        self._numbers = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.keys: dict[str, Any] = {}
        self.kid = self.rotate()
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def rotate(self, *, curve: bool = False) -> str:
        """Sign with a new key from now on; the earlier ones are no longer shown."""
        self._numbers += 1
        self.kid = f"key-{self._numbers}"
        made = (
            ec.generate_private_key(ec.SECP256R1())
            if curve
            else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        )
        self.keys = {self.kid: made}
        return self.kid

    def setting(self, **changes: Any) -> dict[str, Any]:
        """What an area that uses it adopts as `sign_in`."""
        usual = {"issuer": self.url, "client_id": CLIENT_ID, "match": "email", "claim": ""}
        return {"oidc": {**usual, "email_domains": [], **changes}}

    def claims(self, **changes: Any) -> dict[str, Any]:
        """Those of a good token; None takes one out, a time is so much from now."""
        now = int(time.time())
        self._numbers += 1
        usual = {"iss": self.url, "aud": CLIENT_ID, "sub": "108", "jti": str(self._numbers)}
        times = {"iat": now, "exp": now + 300, "email_verified": True}
        return {
            name: now + int(value.total_seconds()) if isinstance(value, timedelta) else value
            for name, value in {**usual, **times, **changes}.items()
            if value is not None
        }

    def token(
        self, *, key: Any = None, headers: dict[str, Any] | None = None, **claims: Any
    ) -> str:
        signing = key or self.keys[self.kid]
        algorithm = "ES256" if isinstance(signing, ec.EllipticCurvePrivateKey) else "RS256"
        named = {"kid": self.kid} if headers is None else headers
        return jwt.encode(self.claims(**claims), signing, algorithm=algorithm, headers=named)

    def public_pem(self) -> bytes:
        return (
            self.keys[self.kid]
            .public_key()
            .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )

    def document(self, path: str) -> Any:
        if path == "/.well-known/openid-configuration":
            return {"issuer": self.url, "jwks_uri": f"{self.url}/keys"}
        if path == "/keys":
            self.asked += 1
            return {"keys": [_shown(kid, key) for kid, key in self.keys.items()]}
        return None


@contextmanager
def an_issuer() -> Iterator[Issuer]:
    issuer = Issuer()
    try:
        yield issuer
    finally:
        issuer.close()


def _shown(kid: str, key: Any) -> dict[str, Any]:
    kind = ECAlgorithm if isinstance(key, ec.EllipticCurvePrivateKey) else RSAAlgorithm
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def _handler_of(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = issuer.document(self.path)
            body = json.dumps(found).encode()
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Not into the output of the tests."""

    return Handler
