"""The entries of the navigation, registered by the apps whose screens they open."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from exprsn.kernel.registry import Registry

# Group → its heading; entries of the first stay in reach on a phone, those of the others are in the account menu.
GROUPS: dict[str, Any] = {"main": "", "settings": _("Settings")}


@dataclass(frozen=True, slots=True)
class NavItem:
    """``permission`` is a permission word; who lacks it does not see the entry. ``order`` sorts within its group.

    ``shortcut`` are keys that are pressed one after the other, such as ``g w``.
    """

    label: Any
    url_name: str
    icon: str
    order: int
    permission: str = "read"
    group: str = "main"
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as a page shows it."""

    item: NavItem
    url: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries below one heading; the heading of the first group is empty."""

    name: str
    heading: Any
    links: list[NavLink]


navigation: Registry[NavItem] = Registry("navigation entries")


def register_nav_item(item: NavItem) -> NavItem:
    """Add an entry; its address must be unique."""
    return navigation.register(item.url_name, item)


def nav_items() -> list[NavItem]:
    """All entries in their order."""
    return sorted((item for _name, item in navigation.items()), key=lambda item: item.order)


def nav_groups(path: str, permissions: Container[str]) -> list[NavGroup]:
    """What somebody with these permissions sees on the page at ``path``; groups without entries are left out.

    Current is the entry with the longest address that begins ``path``, so that there is never more than one.
    """
    found = [(item, url) for item in nav_items() if item.permission in permissions and (url := _url(item))]
    current = max((url for _item, url in found if _is_below(path, url)), key=len, default="")
    groups = []
    for name, heading in GROUPS.items():
        links = [NavLink(item, url, url == current) for item, url in found if item.group == name]
        if links:
            groups.append(NavGroup(name, heading, links))
    return groups


def _url(item: NavItem) -> str:
    """The address; empty while the app that serves it is not installed."""
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return ""


def _is_below(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
