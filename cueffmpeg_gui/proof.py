# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: Contributors to the cueffmpeg project
"""How two programs of one user prove to each other that they know one secret, without ever sending it.

A call carries a nonce and its proof, the answer a proof for the same nonce. Both name the address, so that what was
said to one farm is worth nothing at another, and nobody can pass the question on and bring back the answer. Both cover
what is said as well: not a bit of it can change on its way unseen.
"""

import hashlib
import hmac
import secrets
from typing import Optional

# Names of gRPC metadata.
CALL_KEY, ANSWER_KEY = "cueffmpeg-call", "cueffmpeg-answer"


def new_secret() -> str:
    """A secret nobody can guess."""
    return secrets.token_hex(32)


def new_nonce() -> str:
    """What makes a call unlike any other."""
    return secrets.token_hex(16)


def call_text(secret: str, address: str, method: str, nonce: str, body: bytes = b"") -> str:
    """What a call of `method` ("GetJobs") with the request `body` at `address` ("127.0.0.1:PORT") carries."""
    return f"{nonce}:{_proof(secret, body, 'call', address, method, nonce)}"


def nonce_of(secret: str, address: str, method: str, text: str, body: bytes = b"") -> Optional[str]:
    """The nonce of a call that proves to know the secret, else None."""
    nonce = text.partition(":")[0]
    true = call_text(secret, address, method, nonce, body)
    return nonce if hmac.compare_digest(text.encode(), true.encode()) else None


def answer_text(secret: str, address: str, method: str, nonce: str, body: Optional[bytes] = b"") -> str:
    """What the answer `body` to that call carries; None stands for a refusal."""
    return _proof(secret, body or b"", "refusal" if body is None else "answer", address, method, nonce)


def _proof(secret: str, body: bytes, *words: str) -> str:
    text = "\n".join((*words, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
