"""Texts that the database alone cannot give away: whoever has a copy of it, and not the bot's token, reads nothing."""

import hmac
import secrets
from base64 import b64decode, b64encode
from functools import cached_property
from hashlib import sha256
from typing import Any

NONCE = 12


class Seal:
    """Seals with a key made of `secret` (the bot's token: every copy has it, and it is in no database or backup)."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def __repr__(self) -> str:
        return "Seal()"

    def close(self, text: str, code: str) -> str:
        """The text, sealed; it opens with the link of this code only."""
        nonce = secrets.token_bytes(NONCE)
        return b64encode(nonce + self._cipher.encrypt(nonce, text.encode("utf-8"), code.encode())).decode("ascii")

    def open(self, sealed: str, code: str) -> str | None:
        """What was sealed; None when that was with another token, or for another link."""
        from cryptography.exceptions import InvalidTag

        raw = b64decode(sealed)
        try:
            return str(self._cipher.decrypt(raw[:NONCE], raw[NONCE:], code.encode()).decode("utf-8"))
        except InvalidTag:
            return None

    def mark(self, text: str, lot: str) -> str:
        """What stands for this text, the same each time for this lot; nobody without the secret can tell of which."""
        return hmac.new(self._marking, f"{lot}\n{text}".encode(), sha256).hexdigest()

    @cached_property
    def _marking(self) -> bytes:
        return hmac.new(self._secret.encode(), b"passalong marks", sha256).digest()

    @cached_property
    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return AESGCM(HKDF(SHA256(), 32, None, b"passalong texts").derive(self._secret.encode()))
