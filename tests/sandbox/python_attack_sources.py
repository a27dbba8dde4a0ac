"""Python that wants out, or wants everything. ``PORT`` listens on the loopback; ``PARENT`` runs the code's process."""
# ruff: noqa: E501 - one attack, one line

from __future__ import annotations

TIME = {
    "busy loop": "while True: pass",
    "loop in C": "return {'v': sum(iter(int, 1))}",
    "backtracking": "import re\nre.match('(x+x+)+y', 'x' * 60)",
    "big numbers": "return {'v': len(str(7 ** (7 ** 12)))}",
    "swallowing": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "deaf to signals": "import signal\nfor n in range(1, 65):\n    try: signal.signal(n, signal.SIG_IGN)\n"
    "    except Exception: pass\nwhile True: pass",
    "asleep": "import time\ntime.sleep(1000)",
    "text of the error": "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E()",
    "destructor": "class D:\n    def __del__(self):\n        while True: pass\nd = D()\ndel d",
    "half an answer": "import os, struct\nfor fd in range(3, 64):\n    try: os.write(fd, struct.pack('!I', 100) + b'{')\n"
    "    except OSError: pass\nwhile True: pass",
}
SPACE = {
    "lists": "k = []\nwhile True: k.append('x' * 100000 + str(len(k)))",
    "one block": "return {'v': len(bytearray(3 << 30))}",
    "swallowing": "k = []\nwhile True:\n    try: k.append(bytearray(1 << 20))\n    except MemoryError: raise",
    "mapped": "import mmap\nk = []\nwhile True:\n    m = mmap.mmap(-1, 1 << 24)\n    m.write(b'x' * (1 << 24))\n    k.append(m)",
    "recursion": "import sys\nsys.setrecursionlimit(10 ** 9)\nf = lambda n: f(n + 1) + 1\nf(0)",
    "nested source": "return eval('(' * 100000 + ')' * 100000)",
    "unpacked": "import zlib\nreturn {'v': len(zlib.decompress(zlib.compress(bytes(1 << 20)) * 1, bufsize=1 << 31))}",
    "null pointer": "import ctypes\nctypes.string_at(0)",
    "abort": "import os\nos.abort()",
    "quiet exit": "import os\nos._exit(0)",
    "exit": "raise SystemExit(0)",
}
# Each returns something with the word GOT only when it did what it wants.
ESCAPES = {
    "read a file": "return {'v': 'GOT' + open('/etc/passwd').read(3)}",
    "open by number of the call": "import ctypes\nl = ctypes.CDLL(None)\nreturn {'v': 'GOT' if l.open(b'/etc/hostname', 0) >= 0 else ''}",
    "list the root": "import os\nreturn {'v': 'GOT' + str(os.listdir('/'))}",
    "look at a file": "import os\nreturn {'v': 'GOT' + str(os.stat('/etc/passwd'))}",
    "write a file": "open('/tmp/exprsn-escaped', 'w').write('GOT')\nreturn {'v': 'GOT'}",
    "temporary file": "import tempfile\nreturn {'v': 'GOT' + tempfile.mkdtemp()}",
    "link": "import os\nos.symlink('/etc/passwd', '/tmp/exprsn-escaped')\nreturn {'v': 'GOT'}",
    "environment of the parent": "import os\nreturn {'v': 'GOT' + open(f'/proc/PARENT/environ').read()}",
    "memory of the parent": "import os\nopen(f'/proc/PARENT/mem', 'rb')\nreturn {'v': 'GOT'}",
    "kill the parent": "import os\nos.kill(PARENT, 9)\nreturn {'v': 'GOT'}",
    "signal everybody": "import os\nos.kill(-1, 15)\nreturn {'v': 'GOT'}",
    "start a program": "import subprocess\nreturn {'v': 'GOT' + str(subprocess.run(['/bin/id'], capture_output=True))}",
    "shell": "import os\nreturn {'v': 'GOT' if os.system('true') == 0 else ''}",
    "replace itself": "import os\nos.execv('/bin/true', ['true'])",
    "fork": "import os\nos.fork()\nreturn {'v': 'GOT'}",
    "thread": "import threading\nthreading.Thread(target=print).start()\nreturn {'v': 'GOT'}",
    "terminal": "import pty\npty.fork()\nreturn {'v': 'GOT'}",
    "other process": "import multiprocessing\nmultiprocessing.get_context('spawn').Process(target=print).start()\nreturn {'v': 'GOT'}",
    "tcp": "import socket\nsocket.create_connection(('127.0.0.1', PORT), 1)\nreturn {'v': 'GOT'}",
    "udp": "import socket\nsocket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT))\nreturn {'v': 'GOT'}",
    "unix socket": "import socket\nsocket.socketpair()\nreturn {'v': 'GOT'}",
    "look into the parent": "import ctypes, os\nl = ctypes.CDLL(None)\nreturn {'v': 'GOT' if l.ptrace(16, PARENT, 0, 0) == 0 else ''}",
    "namespaces": "import ctypes\nl = ctypes.CDLL(None)\nreturn {'v': 'GOT' if l.unshare(0x10000000) == 0 else ''}",
    "become root": "import os\nos.setuid(0)\nreturn {'v': 'GOT'}",
    "own code in memory": "import mmap\nmmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)\nreturn {'v': 'GOT'}",
    "higher limits": "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))\nreturn {'v': 'GOT'}",
    "environment": "import os\nreturn {'v': ''.join(f'GOT{k}' for k in os.environ if k not in ('TZ', 'PYTHONDONTWRITEBYTECODE', 'LC_CTYPE'))}",
    "site packages": "import quickjs\nreturn {'v': 'GOT'}",
    "django": "import django\nreturn {'v': 'GOT'}",
    "open descriptors": "import os\nk = []\nfor fd in range(64):\n    try: os.fstat(fd); k.append(fd)\n    except OSError: pass\nreturn {'v': 'GOT' if len(k) > 4 else ''}",
}
FORGED = """
import json, os, struct
text = json.dumps({}).encode()
for fd in range(3, 64):
    try: os.write(fd, struct.pack("!I", len(text)) + text)
    except OSError: pass
os._exit(0)
"""

TAMPERING = """
import json, builtins
json.dumps = lambda *a, **k: "[5]"
builtins.len = builtins.isinstance = None
return {}
"""
FLOOD = """
import os
for fd in range(3, 64):
    try:
        while True: os.write(fd, b"\\xff" * 65536)
    except OSError: pass
"""
