"""Who may see the studio: whoever opens its address first, once, and from then on that browser alone."""

from __future__ import annotations

from secrets import compare_digest, token_urlsafe


class Access:
    """One token for the start address, good for one use, and the session that it is exchanged for."""

    def __init__(self, port: int) -> None:
        # Cookies belong to a host, whatever its port: another studio on this computer must not share ours.
        self.cookie = f"studio-{port}"
        self.token = token_urlsafe(32)
        self._session = token_urlsafe(32)
        self._is_spent = False

    def enter(self, token: str) -> str:
        """Return the session for the right token, the first time; else ""."""
        if self._is_spent or not compare_digest(token.encode(), self.token.encode()):
            return ""
        self._is_spent = True
        return self._session

    def knows(self, session: str) -> bool:
        """Return whether a browser that sends this session has entered."""
        return self._is_spent and compare_digest(session.encode(), self._session.encode())
