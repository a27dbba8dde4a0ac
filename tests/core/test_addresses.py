from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.core.services.addresses import AllowList, is_public

REFUSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.8.8.8",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
]
PUBLIC = ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("text", REFUSED)
def test_addresses_that_are_not_the_open_internet(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses(text: str) -> None:
    assert is_public(ip_address(text))


@settings(max_examples=100, deadline=None)
@given(st.ip_addresses(v=4))
def test_no_ipv6_disguise_is_more_public_than_what_it_hides(address: object) -> None:
    hidden = ip_address(str(address))
    for form in ("::ffff:{}", "64:ff9b::{}"):
        assert is_public(ip_address(form.format(hidden))) == is_public(hidden)


@pytest.mark.parametrize(
    ("entry", "host", "port", "address", "allowed"),
    [
        ("intranet.example", "Intranet.Example", 80, "10.0.0.5", True),
        ("intranet.example", "other.example", 80, "10.0.0.5", False),
        ("intranet.example:8080", "intranet.example", 8080, "10.0.0.5", True),
        ("intranet.example:8080", "intranet.example", 80, "10.0.0.5", False),
        ("10.0.0.0/8", "x", 80, "10.9.9.9", True),
        ("10.0.0.0/8", "x", 80, "192.168.0.1", False),
        ("10.0.0.0/8", "x", 80, "::1", False),
        ("10.0.0.7", "x", 80, "10.0.0.7", True),
        ("127.0.0.1:9000", "127.0.0.1", 9000, "127.0.0.1", True),
        ("127.0.0.1:9000", "127.0.0.1", 9001, "127.0.0.1", False),
        ("[::1]:9000", "::1", 9000, "::1", True),
        ("fd00::/8", "x", 80, "fd12::1", True),
    ],
)
def test_the_allow_list(entry: str, host: str, port: int, address: str, allowed: bool) -> None:
    assert AllowList((entry,)).allows(host, port, ip_address(address)) is allowed
