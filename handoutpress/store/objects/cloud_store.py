"""Object stores of clouds, and one in memory, through obstore: S3 and what speaks like it, Google's, Azure's."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from handoutpress.store.objects.object_store import StoreFaultError

if TYPE_CHECKING:
    from types import ModuleType

    from obstore.store import ObjectStore as Client

Value = TypeVar("Value")

RETRIES = 8
"""Times that obstore asks again where a store is away, refuses for now or is at fault."""
PATIENCE = timedelta(minutes=3)
ANSWER = timedelta(seconds=60)
"""How long a store may take for one answer."""
TRIES = 4
"""Times that we ask, where an answer broke off in its middle."""
_WAIT = 0.2
"""Seconds before the second try; twice as long before each further one."""
_INSTALL = "Hint: install it with: pip install 'handout-press[cluster]'"
_STATUS = re.compile(r"status code: (\d{3}[ \w]*)")
_DENIED = ("401", "403")
_CODE = re.compile(r"<Code>(\w+)</Code>")


class CloudStore:
    """The objects below an address such as ``s3://bucket/prefix``.

    Credentials are found as obstore finds them: in the environment, and from the machine's role.
    """

    def __init__(self, address: str, retries: int = RETRIES) -> None:
        """Raises ``StoreFaultError`` for an address that leads nowhere, and where obstore is not installed."""
        self.address = address.rstrip("/") if not address.endswith("://") else address
        self._obstore = _obstore(address)
        self._client = self._open(retries)

    def put(self, name: str, content: bytes) -> bool:
        """Put an object in one step unless one of this name is there; say whether this call put it."""

        def put() -> bool:
            try:
                self._obstore.put(self._client, name, content, mode="create")
            except self._obstore.exceptions.AlreadyExistsError:
                return False
            return True

        return self._ask(put)

    def get(self, name: str) -> bytes | None:
        """Return an object's content, or None where there is none of this name."""

        def get() -> bytes | None:
            try:
                return bytes(self._obstore.get(self._client, name).bytes())
            except FileNotFoundError as error:
                if "NoSuchBucket" in str(error):
                    raise
                return None

        return self._ask(get)

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below ``folder``, in no order."""

        def names() -> list[str]:
            pages = self._obstore.list(self._client, folder)
            return [entry["path"] for page in pages for entry in page]

        yield from self._ask(names)

    def _open(self, retries: int) -> Client:
        # A server of one's own may speak plain HTTP: whoever names it so in AWS_ENDPOINT_URL means it.
        plain = os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://")
        config: dict[str, Any] = {"timeout": ANSWER, "connect_timeout": ANSWER, "allow_http": plain}
        if self.address.startswith("memory"):
            return self._obstore.store.MemoryStore()  # type: ignore[no-any-return]
        try:
            return self._obstore.store.from_url(  # type: ignore[no-any-return]
                self.address, client_options=config, retry_config={"max_retries": retries, "retry_timeout": PATIENCE}
            )
        except (self._obstore.exceptions.BaseError, ValueError) as error:
            why = str(error).splitlines()[0].rpartition("error: ")[2].rstrip(".")
            raise StoreFaultError(
                f"{self.address} cannot be opened: {why}. Hint: such an address is s3://bucket/folder."
            ) from None

    def _ask(self, question: Callable[[], Value]) -> Value:
        for attempt in range(TRIES):
            try:
                return question()
            except FileNotFoundError as error:
                raise self._fault(error) from None
            except self._obstore.exceptions.BaseError as error:
                if attempt == TRIES - 1 or self._is_final(error):
                    raise self._fault(error) from None
                time.sleep(_WAIT * 2**attempt)
        raise AssertionError

    def _is_final(self, error: Exception) -> bool:
        """Return whether asking again helps nothing."""
        exceptions = self._obstore.exceptions
        denied = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError, exceptions.InvalidPathError)
        # obstore has asked often enough by then.
        asked = "retries" in str(error)
        return asked or isinstance(error, denied) or _answer(error)[:3] in _DENIED or "NoSuchBucket" in str(error)

    def _fault(self, error: Exception) -> StoreFaultError:
        """Return what went wrong, in a sentence."""
        exceptions = self._obstore.exceptions
        if "NoSuchBucket" in str(error) or "ContainerNotFound" in str(error):
            return StoreFaultError(f"There is no bucket of {self.address}. Hint: make it, or see how it is spelt.")
        denied = (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError)
        if isinstance(error, denied) or _answer(error)[:3] in _DENIED:
            return StoreFaultError(
                f"{self.address} does not let us in. Hint: give this machine's role the right to read, list and put "
                "objects, or set the cloud's own variables, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
            )
        answer = _answer(error)
        what = f"answers {answer}" if answer else "cannot be reached, or breaks off"
        return StoreFaultError(f"{self.address} {what}. Hint: try again; what has a receipt is not made again.")


def _answer(error: Exception) -> str:
    """Return what the store answered, such as ``503 Service Unavailable SlowDown``; "" where it did not."""
    said = str(error)
    return " ".join(match[1].strip() for match in (_STATUS.search(said), _CODE.search(said)) if match)


def _obstore(address: str) -> ModuleType:
    try:
        import obstore  # noqa: PLC0415  an extra
        import obstore.exceptions  # noqa: PLC0415
        import obstore.store  # noqa: PLC0415
    except ImportError:
        raise StoreFaultError(f"{address} needs the library obstore. {_INSTALL}") from None
    return obstore
