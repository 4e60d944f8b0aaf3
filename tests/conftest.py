"""What every test has: no network, and random cases that are the same on every run."""

import os
import signal
import sys
from ipaddress import ip_address

from hypothesis import settings

from handoutpress.store.garbage_collector import collect_rarely

pytest_plugins = ("browsing", "mail_support.leaks", "mail_support.terminal")

# As a build does: else it is a quarter of the time that typesetting takes.
collect_rarely()

# Under ``python -m pytest`` click would call the program ``python -m pytest.handouts``: it goes by the main module.
sys.modules["__main__"].__package__ = None

# What tests keep is signed for them alone, their templates are trusted, and nothing is written into anyone's home.
os.environ.setdefault("HANDOUTS_CACHE_KEY", "the tests")
os.environ.setdefault("HANDOUTS_TRUSTED", "all")

# A process that a test starts reads our modules compiled: without, each compiles all of them anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# A shell's job in the background ignores Ctrl-C, and so would the processes that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


def _is_here(host: object) -> bool:
    if host in ("localhost", "", None):
        return True
    try:
        return ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, arguments: tuple[object, ...]) -> None:
    """Raise where a test would leave this machine; its own servers on the loopback addresses are fine."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not _is_here(host):
        raise RuntimeError(f"A test reached for the network: {host}")


sys.addaudithook(_refuse_network)
