"""The keys of an installation: made once however many processes start, and told apart by their ids."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from apps.connections.services.keys import KeyRing

ROOT = Path(__file__).parents[2]
# Making a key takes a while here, so that all are at it at the same time.
STARTER = """
import os, secrets, sys, time
from pathlib import Path
import django
from cryptography.fernet import Fernet

def slowly(make):
    def made(*arguments):
        time.sleep(0.5)
        return make(*arguments)
    return made

secrets.token_urlsafe, Fernet.generate_key = slowly(secrets.token_urlsafe), slowly(Fernet.generate_key)
gate = Path(sys.argv[1])
(gate / str(os.getpid())).touch()
while not (gate / "open").exists():
    time.sleep(0.001)
django.setup()
from django.conf import settings
from apps.connections.services.keys import key_ring
key_id, token = key_ring().encrypt(b"said by one")
print(settings.SECRET_KEY, key_id, token.decode())
"""


def test_processes_that_start_at_once_share_their_keys(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "EXPRSN_ENCRYPTION_KEYS"}},
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "EXPRSN_DATA_DIR": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    gate = tmp_path / "gate"
    gate.mkdir()
    started = [
        subprocess.Popen([sys.executable, "-c", STARTER, str(gate)], stdout=PIPE, text=True, cwd=ROOT, env=environment)
        for _ in range(4)
    ]
    while len(list(gate.iterdir())) < 4 and all(process.poll() is None for process in started):
        time.sleep(0.01)
    (gate / "open").touch()
    lines = [process.communicate(timeout=60)[0].split() for process in started]
    keys = tmp_path / "keys"
    assert {line[0] for line in lines} == {(keys / "secret_key").read_text()}
    ring = KeyRing([(keys / "encryption_keys").read_text()])
    assert [ring.decrypt(key_id, token.encode()) for _, key_id, token in lines] == [b"said by one"] * 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {0o600}
    assert sorted(path.name for path in keys.iterdir()) == ["encryption_keys", "secret_key"]


@pytest.mark.parametrize("ids", [("a", "a"), ("",), ("x" * 33,)])
def test_each_key_needs_an_id_of_its_own(ids: tuple[str, ...]) -> None:
    with pytest.raises(ImproperlyConfigured, match="id of its own"):
        KeyRing([f"{key_id}:{Fernet.generate_key().decode()}" for key_id in ids])
