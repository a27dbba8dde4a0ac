"""How a run in the sandbox can fail."""

from __future__ import annotations

from typing import ClassVar

from exprsn.kernel.errors import Category, DomainError


class SandboxError(DomainError):
    """The code did not come to a usable result."""

    default_code: ClassVar[str] = "sandbox_error"


class CodeFailed(SandboxError):
    """The code threw, could not be parsed, or returned what is not items. ``params``: line, column, stack."""

    default_code = "code_error"


class CodeTimeout(SandboxError):
    """The code ran longer than allowed and was stopped."""

    default_code = "code_timeout"


class CodeOutOfMemory(SandboxError):
    """The code used more memory than allowed and was stopped."""

    default_code = "code_out_of_memory"


class CodeCrashed(SandboxError):
    """The process that ran the code died."""

    default_code = "code_crashed"


class CodeOutputTooLarge(SandboxError):
    """The result is larger than allowed."""

    default_code = "code_output_too_large"


class SandboxUnavailable(SandboxError):
    """The sandbox cannot be had here as it is required."""

    category = Category.UNAVAILABLE
    default_code = "sandbox_unavailable"


FAILURES: dict[str, type[SandboxError]] = {
    kind.default_code: kind
    for kind in (
        CodeFailed,
        CodeTimeout,
        CodeOutOfMemory,
        CodeCrashed,
        CodeOutputTooLarge,
        SandboxUnavailable,
    )
}
