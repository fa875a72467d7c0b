"""Texts that were written to do harm, and what else can stand where a file is expected."""

import os
import socket
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

MEGABYTE = 1_000_000
DEPTH = 10_000
ESCAPES = "\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http://x\x1b\\\x9b31m\u202e\u2066"
"""Clears the screen, writes to the clipboard, opens a link, turns the direction of writing."""

SMALL: dict[str, bytes] = {
    "aliases of aliases": b"a: &a [x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (b, b, b", ".join([b"*%c" % a] * 9)) for a, b in pairwise(b"abcdefgh")
    ),
    "a merge of itself": b"a: &a\n  <<: *a\n",
    "brackets within brackets": b"[" * DEPTH + b"]" * DEPTH,
    "mappings within mappings": b"{a: " * DEPTH,
    "lists within lists": b"- " * DEPTH,
    "a huge power": b"age: 1e999999999",
    "not a number": b"age: .nan\n",
    "an endless number": b"age: -.inf\n",
    "a number as a key": b"1: 2\n",
    "nothing as a key": b"~: 2\n",
    "a list as a key": b"? [a]\n: 2\n",
    "a doubled key": b"age: 1\nage: 2\n",
    "a doubled key in other quotes": b"age: 1\n'age': 2\n",
    "a tag that runs a program": b"age: !!python/object/apply:os.system [id]\n",
    "a tag that reads binary": b"age: !!binary aGk=\n",
    "a NUL": b"age: 1\0\n",
    "a NUL in quotes": b'age: "\\0"\n',
    "no UTF-8": b"age: \xff\xfe\n",
    "half a letter": b"age: \xe2\x82",
    "UTF-16": "age: 1\n".encode("utf-16"),
    "half a surrogate": b"age: \xed\xa0\x80\n",
    "a surrogate in quotes": b'age: "\\ud800"\n',
    "escapes": f"age: '{ESCAPES}'\n".encode(),
    "escapes in quotes": b'age: "\\e[2J\\x9b31m"\n',
    "escapes in a key": b'"\\e]52;c;aGk=\\a": 1\n',
    "turned words": f"'age{ESCAPES[-2:]}': 1\n".encode(),
    "markup": b"'[red]x[/red]<script>:skull:': 1\n",
    "a tab": b"age:\n\t- 1\n",
    "a program": b"\x7fELF\x02\x01\x01\0" + bytes(range(256)) * 100,
}  # fmt: skip
"""No file of answers and no table of records, by what is wrong with it."""

LARGE: dict[str, Callable[[], bytes]] = {
    "a million aliases": lambda: b"a: &a x\nb: [" + b"*a," * MEGABYTE + b"]\n",
    "a million anchors": lambda: b"- &a x\n" * (MEGABYTE // 2),
    "a million open brackets": lambda: b"[" * MEGABYTE,
    "a million dashes": lambda: b"- " * MEGABYTE,
    "deeper at each line": lambda: b"".join(b" " * depth + b"a:\n" for depth in range(3000)),
    "questions within questions": lambda: b"? " * MEGABYTE,
    "an open quote": lambda: b'a: "' + b"x" * 4 * MEGABYTE,
    "one long word": lambda: b"x" * 4 * MEGABYTE,
    "one long key": lambda: b"x" * 4 * MEGABYTE + b": 1\n",
    "one long key by itself": lambda: b"? " + b"x" * 4 * MEGABYTE + b"\n: 1\n",
    "one long option": lambda: b"nerves: [" + b"x" * 4 * MEGABYTE + b"]",
    "as many keys as may be": lambda: b"".join(b"k%d: 1\n" % number for number in range(24_500)),
    "as many values as may be": lambda: b"nerves: [" + b"x, " * 99_000 + b"]",
    "a million keys": lambda: b"".join(b"%x: 1\n" % number for number in range(450_000)),
    "one key again and again": lambda: b"age: 1\n" * (MEGABYTE // 2),
    "one line of many faults": lambda: b"{" + b"age: 1, " * (MEGABYTE // 2) + b"}",
    "too many values": lambda: b"nerves: [" + b"x, " * MEGABYTE + b"]",
    "a list of many records": lambda: b"- {id: a}\n" * 33_000,
    "records of many fields": lambda: b"- {" + b", ".join(b"f%d: 1" % n for n in range(24_500)) + b"}",
    "many cases with faults": lambda: b"- {id: a, answers: {x: y}}\n" * 16_000,
    "a million documents": lambda: b"---\n" * MEGABYTE,
    "a million directives": lambda: b"%YAML 1.1\n" * (MEGABYTE // 3),
    "a million comments": lambda: b"#\n" * 2 * MEGABYTE + b"x",
    "a million empty lines": lambda: b"\n" * 4 * MEGABYTE + b"x",
    "a huge number": lambda: b"age: " + b"9" * MEGABYTE,
    "a number in base 60": lambda: b"age: " + b"1:" * MEGABYTE + b"1",
    "only NULs": lambda: bytes(MEGABYTE),
    "a block with no end": lambda: b"age: |9\n" + b" " * 4 * MEGABYTE + b"x",
    "100 MB": lambda: b"a: b\n" * (20 * MEGABYTE),
}  # fmt: skip
"""The same by the megabyte, made only when they are wanted."""

JSON_LINES: dict[str, bytes] = {
    "brackets": b"[" * 60_000,
    "objects": b'{"a":' * 10_000,
    "a doubled key": b'{"age": 30, "age": 40}',
    "a doubled key within": b'{"age": {"a": 1, "a": 1}}',
    "a huge number": b'{"age": ' + b"9" * 60_000 + b"}",
    "a huge number behind another": b'{"age": ' + b"9" * 60_000 + b', "age": 30}',
    "a huge power": b'{"age": 1e999999}',
    "no number": b'{"age": NaN}',
    "an endless number": b'{"age": Infinity}',
    "no UTF-8": b'{"age": "\xff"}',
    "half a surrogate": b'{"age": "\\ud800"}',
    "a NUL": b'{"age": 1}\0',
    "a NUL in quotes": b'{"age\\u0000": 1}',
    "a mark in the middle": b'\xef\xbb\xbf\xef\xbb\xbf{"age": 1}',
    "UTF-16": '{"age": 1}'.encode("utf-16-le"),
    "many keys": b"{" + b",".join(b'"k%d": 1' % number for number in range(6000)) + b"}",
    "many options": b'{"nerves": [' + b",".join([b'"x"'] * 10_000) + b"]}",
    "escapes": b'{"\\u001b]52;c;aGk=\\u0007\\u202e": 1}',
}
"""Lines of which each is answered by an error."""


def places(folder: Path) -> Iterator[tuple[str, Path]]:
    """Make what else can stand where a file is expected; yield what it is, and its path."""
    makers: dict[str, Callable[[Path], object]] = {
        "nothing": lambda _path: None,
        "a folder": Path.mkdir,
        "a pipe": os.mkfifo,
        "a socket": _socket,
        "a link to nothing": lambda path: path.symlink_to("nowhere"),
        "a link to itself": lambda path: path.symlink_to(path.name),
        "a link to a device": lambda path: path.symlink_to("/dev/zero"),
        "a link to a folder": lambda path: path.symlink_to("/"),
        "memory": lambda path: path.symlink_to("/proc/self/mem"),
    }
    for place, (name, make) in enumerate(makers.items()):
        path = folder / f"place-{place}.yaml"
        make(path)
        yield name, path


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
