"""Which addresses the product may call: public ones, and those that the administrator allows."""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address
_NAT64 = IPv6Network("64:ff9b::/96")
_TRANSLATED = (IPv6Network("2002::/16"), IPv6Network("2001::/32"), IPv6Network("64:ff9b:1::/48"))
_SHARED = tuple(
    IPv4Network(network)
    for network in (
        "100.64.0.0/10",  # carrier-grade NAT, and one cloud's metadata service
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "168.63.129.16/32",  # a cloud's host agent at a public-looking address
    )
)


def is_public(address: Address) -> bool:
    """Whether an address belongs to the open internet: not private, loopback, link-local (and with it the
    metadata services), shared, multicast, reserved, nor any of these in an IPv6 disguise."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address.is_site_local or any(address in network for network in _TRANSLATED):
            return False
    elif any(address in network for network in _SHARED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class AllowList:
    """Hosts, ``host:port`` and networks that may be called although they are not public."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        self._hosts: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for entry in entries:
            try:
                self._networks.append(ipaddress.ip_network(entry, strict=False))
            except ValueError:
                self._hosts.add(entry.lower().replace("[", "").replace("]", ""))

    def allows(self, host: str, port: int, address: Address) -> bool:
        """Whether this host at this address may be called."""
        name = host.lower().strip("[]")
        if name in self._hosts or f"{name}:{port}" in self._hosts:
            return True
        return any(address.version == network.version and address in network for network in self._networks)


@lru_cache(maxsize=16)
def allow_list(entries: tuple[str, ...]) -> AllowList:
    """The allow list of these entries."""
    return AllowList(entries)
