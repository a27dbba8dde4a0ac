"""What other apps register in connections."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from apps.accounts.contracts import Actor
from apps.connections.contracts import CredentialUse
from exprsn.kernel.registry import Registry

FindUses = Callable[[Actor, UUID], Sequence[CredentialUse]]

# Name → a function that finds what uses a credential of the actor's organization.
credential_users: Registry[FindUses] = Registry("users of credentials")

# Kind → a function that tries a credential's fields out on the real thing and raises ``DomainError`` if it fails.
CredentialTest = Callable[[Mapping[str, str]], None]
credential_tests: Registry[CredentialTest] = Registry("tests of credentials")
