from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.addresses import is_public, literal_private_address, may_be_reached

PRIVATE = [
    *("0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254"),
    *("172.16.0.1", "172.31.255.255", "192.0.0.1", "192.168.0.1", "198.18.0.1", "224.0.0.1", "239.1.1.1"),
    *("240.0.0.1", "255.255.255.255", "168.63.129.16", "192.0.2.1", "203.0.113.9"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1"),
    *("64:ff9b::10.0.0.1", "64:ff9b:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "ff0e::1"),
    *("2001:db8::1", "2001::1", "100::1"),
]
PUBLIC = [
    *("8.8.8.8", "1.1.1.1", "93.184.216.34", "172.32.0.1", "192.167.1.1"),
    *("2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8", "2002:808:808::1", "64:ff9b::8.8.8.8"),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_private(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("10.1.2.3", True),
        ("::ffff:10.1.2.3", True),
        ("64:ff9b::10.1.2.3", True),
        ("10.2.0.1", False),
        ("fd12::1", True),
    ],
)
def test_what_a_company_allows(address: str, allowed: bool) -> None:
    assert may_be_reached(ip_address(address), [ip_network("10.1.0.0/16"), ip_network("fd12::/16")]) is allowed


@pytest.mark.parametrize(
    ("url", "private"),
    [
        ("http://127.0.0.1/x", True),
        ("http://127.1/x", True),
        ("http://2130706433/", True),
        ("http://0x7f000001/", True),
        ("http://017700000001/", True),
        ("http://0/", True),
        ("https://10.0.0.1:8443/", True),
        ("http://[::1]/", True),
        ("http://[fe80::1%25eth0]/", True),
        ("http://[::ffff:192.168.0.1]/", True),
        ("http://localhost:3000/", True),
        ("http://LOCALHOST./", True),
        ("http://printer.local/", True),
        ("http://wiki.corp.internal/", True),
        ("http://user@192.168.0.1/", True),
        ("https://8.8.8.8/", False),
        ("https://example.org/10.0.0.1", False),
        ("https://10.example.org/", False),
        ("https://localhost.example.org/", False),
        ("https://999.999.999.999/", False),
        ("https://[::1/", False),
        ("", False),
        ("mailto:anna@example.org", False),
    ],
)
def test_the_forms_check(url: str, private: bool) -> None:
    assert literal_private_address(url) is private


@given(st.text(max_size=40).map("http://".__add__) | st.text(max_size=40))
def test_nothing_breaks_it(url: str) -> None:
    assert literal_private_address(url) in (True, False)


@given(st.ip_addresses(v=4).filter(lambda a: a.is_private))
def test_a_private_address_in_any_wrapping_is_private(address: object) -> None:
    for wrapping in ("::ffff:{}", "64:ff9b::{}"):
        assert not is_public(ip_address(wrapping.format(address)))
