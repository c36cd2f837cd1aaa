"""Who an ID token of an area's issuer speaks of: what OpenID Connect Core 3.1.3.7 asks to check.

A token opens an account once, within ten minutes of its making.
"""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import jwt
import redis
import structlog
from django.conf import settings

from accounts.enums import OidcMatch
from accounts.errors import IssuerUnavailableError, OidcRefusedError
from accounts.models import User
from accounts.sign_in_settings import Oidc
from core.area import current_schema
from core.outbound import OutboundError, fetch_json

logger = structlog.get_logger(__name__)

# Nothing symmetric: with a public key as the secret anyone could sign.
ALGORITHMS = ("RS256", "ES256")
OLDEST = 600  # seconds since a token was made
LEEWAY = 60  # seconds: clocks differ
_NEEDED = ["iss", "aud", "exp", "iat", "sub"]
_client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=0.5, socket_connect_timeout=0.5)

Claims = Mapping[str, Any]


def checked_claims(token: str, oidc: Oidc, *, nonce: str) -> Claims:
    """What the token says. Raises OidcRefusedError, IssuerUnavailableError."""
    try:
        header = jwt.get_unverified_header(token)
        key = _issuers.key(oidc.issuer, header)
        claims: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=oidc.client_id,
            issuer=oidc.issuer,
            leeway=LEEWAY,
            options={"require": _NEEDED},
        )
    except (jwt.PyJWTError, OverflowError, RecursionError) as error:  # endless times or lists
        logger.info("oidc_token_refused", why=type(error).__name__)
        raise OidcRefusedError from error
    if not _is_for_us(claims, oidc) or claims.get("nonce", "") != nonce or _is_old(claims):
        raise OidcRefusedError
    return claims


def user_of(claims: Claims, oidc: Oidc) -> User | None:
    """Whose account it is; nobody's, unless the issuer vouches for the address."""
    is_email = oidc.match == OidcMatch.EMAIL
    login = claims.get("email" if is_email else oidc.claim)
    if not isinstance(login, str) or not login.isprintable() or ("@" in login) != is_email:
        return None
    if is_email and claims.get("email_verified") is not True:
        return None
    domain = login.rpartition("@")[2].strip().lower()
    if is_email and oidc.email_domains and domain not in oidc.email_domains:
        return None
    return User.objects.by_login(login)


def spend(token: str) -> bool:
    """True the first time. Without Redis always: then the ten minutes alone protect."""
    # What is signed, not the signature: that can be written in more than one way.
    signed = sha256(token.rpartition(".")[0].encode()).hexdigest()
    name = f"oidc:{current_schema()}:{signed}"
    try:
        return bool(_client.set(name, 1, nx=True, ex=OLDEST + 2 * LEEWAY))
    except redis.RedisError:
        logger.warning("oidc_replay_unchecked")
        return True


def _is_for_us(claims: Claims, oidc: Oidc) -> bool:
    """A token for several audiences names the one that asked for it."""
    if "azp" in claims:
        return bool(claims["azp"] == oidc.client_id)
    return not isinstance(claims["aud"], list) or len(claims["aud"]) == 1


def _is_old(claims: Claims) -> bool:
    return bool(time.time() - int(claims["iat"]) > OLDEST + LEEWAY)


# --- The issuers' keys -------------------------------------------------------------------------
@dataclass(frozen=True)
class _Keys:
    """As last read from an issuer, which may have been asked in vain since; None: not at all."""

    keys: Mapping[str, jwt.PyJWK] | None = None
    read_at: float = -math.inf  # by the monotonic clock
    asked_at: float = -math.inf

    @property
    def hold(self) -> bool:
        return time.monotonic() - self.read_at <= settings.OIDC_KEYS_KEPT_SECONDS

    @property
    def may_be_read(self) -> bool:
        return time.monotonic() - self.asked_at > settings.OIDC_KEYS_REST_SECONDS


class _Issuers:
    """Keys are kept for a while, and read anew for a key that is not among them: issuers rotate.

    Neither unknown keys nor an issuer that is away make us ask more often than it is good.
    """

    def __init__(self) -> None:
        self._known: dict[str, _Keys] = {}

    def key(self, issuer: str, header: Mapping[str, Any]) -> jwt.PyJWK:
        """Raises IssuerUnavailableError, jwt.PyJWTError."""
        known = self._known.get(issuer, _Keys())
        if not (known.hold and _named(known, header)) and known.may_be_read:
            known = self._known[issuer] = _read_again(issuer, known)
        if known.keys is None or not known.hold:
            raise IssuerUnavailableError
        key = _named(known, header)
        if key is None:
            raise jwt.InvalidKeyError("the issuer has no such key")
        return key


_issuers = _Issuers()


def _named(known: _Keys, header: Mapping[str, Any]) -> jwt.PyJWK | None:
    """The key that a token names; it may name none where the issuer has only one."""
    keys = known.keys or {}
    if "kid" in header:
        return keys.get(str(header["kid"]))
    return next(iter(keys.values())) if len(keys) == 1 else None


def _read_again(issuer: str, known: _Keys) -> _Keys:
    """What was read before holds its time, also where the issuer is away meanwhile."""
    now = time.monotonic()
    try:
        return _Keys(_read_keys(issuer), read_at=now, asked_at=now)
    except (OutboundError, KeyError, TypeError, AttributeError) as error:
        logger.warning("oidc_issuer_unavailable", issuer=issuer, why=str(error))
        return replace(known, asked_at=now)


def _read_keys(issuer: str) -> dict[str, jwt.PyJWK]:
    about = fetch_json(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    if about["issuer"] != issuer:
        raise OutboundError(f"{issuer} calls itself {about['issuer']}")
    found = {}
    for each in fetch_json(about["jwks_uri"])["keys"]:
        try:
            key = jwt.PyJWK(each)
        except (jwt.PyJWTError, ValueError):
            continue  # of a kind that we do not take
        if key.algorithm_name in ALGORITHMS and each.get("use", "sig") == "sig":
            found[str(each.get("kid", ""))] = key
    return found
