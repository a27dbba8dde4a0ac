from __future__ import annotations

import pytest

from apps.core.web import navigation
from apps.core.web.navigation import NavItem, nav_groups, register_nav_item
from exprsn.kernel.registry import Registry, RegistryError

EVERYTHING = {"read", "admin"}


@pytest.fixture(autouse=True)
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "navigation", Registry("navigation entries"))
    register_nav_item(NavItem("Workflows", "workflows", icon="workflow", order=2))
    register_nav_item(NavItem("Home", "home", icon="house", order=1))
    register_nav_item(NavItem("Audit", "audit", icon="scroll-text", order=3, permission="admin", group="settings"))


def labels(path: str, permissions: set[str]) -> dict[str, list[str]]:
    return {group.name: [link.item.label for link in group.links] for group in nav_groups(path, permissions)}


def current(path: str) -> list[str]:
    links = [link for group in nav_groups(path, EVERYTHING) for link in group.links]
    return [link.item.label for link in links if link.is_current]


def test_entries_are_in_their_groups_and_in_order() -> None:
    assert labels("/", EVERYTHING) == {"main": ["Home", "Workflows"], "settings": ["Audit"]}


def test_who_lacks_the_permission_sees_neither_entry_nor_empty_group() -> None:
    assert labels("/", {"read"}) == {"main": ["Home", "Workflows"]}
    assert labels("/", set()) == {}


@pytest.mark.parametrize(
    ("path", "found"),
    [("/", ["Home"]), ("/workflows/", ["Workflows"]), ("/workflows/x/", ["Workflows"]), ("/elsewhere/", [])],
)
def test_current_is_the_entry_that_begins_the_address(path: str, found: list[str]) -> None:
    assert current(path) == found


def test_current_is_only_the_longest_of_several() -> None:
    register_nav_item(NavItem("Import", "workflow-import", icon="upload", order=4))
    assert current("/workflows/import/") == ["Import"]


def test_an_entry_whose_page_is_not_installed_is_left_out() -> None:
    register_nav_item(NavItem("Tables", "no-such-page", icon="table", order=9))
    assert labels("/", EVERYTHING)["main"] == ["Home", "Workflows"]


def test_an_entry_is_registered_once() -> None:
    with pytest.raises(RegistryError):
        register_nav_item(NavItem("Home again", "home", icon="house", order=5))
