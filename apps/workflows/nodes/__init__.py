"""The node types, one declared class in one file each. Importing this package registers all of them.

A new file here is a new node type: nothing else has to be changed (docs/tutorials/add-a-node.md).
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
