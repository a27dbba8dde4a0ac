"""Lists of addresses and of web origins, as people write them in a trigger: who may call."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
MAX_ENTRIES = 200
ANY_ORIGIN = "*"
_BETWEEN = re.compile(r"[\s,;]+")
_PORTS = {"http": 80, "https": 443}


def entries_of(text: str) -> list[str]:
    """The entries of a list; commas, semicolons, spaces and line breaks stand between them."""
    return [entry for entry in _BETWEEN.split(text) if entry]


def address_faults(text: str) -> list[str]:
    """Why this is no list of addresses and networks; empty when it is one (or is empty)."""
    entries = entries_of(text)
    wrong = [entry for entry in entries if _network(entry) is None]
    faults = [f"{entry} is no address and no network; examples are 203.0.113.7 and 2001:db8::/32." for entry in wrong]
    return [*faults[:5], *_too_many(entries)]


def address_allowed(text: str, address: str) -> bool:
    """Whether this address is in the list. An entry that is none admits nobody."""
    caller = _address(address)
    return caller is not None and any(
        caller.version == network.version and caller in network for network in _networks(text)
    )


def origin_faults(text: str) -> list[str]:
    """Why this is no list of origins; empty when it is one (or is empty)."""
    entries = entries_of(text)
    wrong = [entry for entry in entries if entry != ANY_ORIGIN and not _origin(entry)]
    faults = [
        f"{entry} is no origin; an example is https://shop.example (no path), * is every origin." for entry in wrong
    ]
    return [*faults[:5], *_too_many(entries)]


def origin_allowed(text: str, origin: str) -> bool:
    """Whether pages of this origin may call."""
    allowed = _origins(text)
    return ANY_ORIGIN in allowed or (bool(wanted := _origin(origin)) and wanted in allowed)


def _too_many(entries: list[str]) -> list[str]:
    return [f"At most {MAX_ENTRIES} entries."] if len(entries) > MAX_ENTRIES else []


@lru_cache(maxsize=512)
def _networks(text: str) -> tuple[Network, ...]:
    found = (_network(entry) for entry in entries_of(text)[:MAX_ENTRIES])
    return tuple(network for network in found if network is not None)


@lru_cache(maxsize=512)
def _origins(text: str) -> frozenset[str]:
    return frozenset(ANY_ORIGIN if entry == ANY_ORIGIN else _origin(entry) for entry in entries_of(text)[:MAX_ENTRIES])


def _network(entry: str) -> Network | None:
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        return None


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return None
    # A server that listens on IPv6 sees callers over IPv4 as ::ffff:203.0.113.7.
    return found.ipv4_mapped or found if isinstance(found, IPv6Address) else found


def _origin(text: str) -> str:
    """Scheme, host and port as browsers write them; empty for what is no origin."""
    try:
        parts = urlsplit(text.lower())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in _PORTS or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        return ""
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port not in (None, _PORTS[parts.scheme]) else "")
