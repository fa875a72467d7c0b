"""Tell the known faults of the locked packages, also where the index keeps a page for newest releases alone.

pip-audit asks PyPI for the page of each locked release. A mirror may have none, and pip-audit then
skips the package; so this asks for the package's own page, which tells the faults of its newest
release. What neither page tells is named as not checked.

    python .ci/audit.py REPORT LOCK     REPORT is what `pip-audit --format json` wrote
"""

import json
import re
import sys
from pathlib import Path
from urllib.request import urlopen

PINNED = re.compile(r"^([a-z0-9-]+)==([^ ;\\]+)", re.MULTILINE)


def main(report: Path, lock: Path) -> int:
    """Print what is known, and return 1 if a locked release has a known fault."""
    audited = {
        found["name"]: [fault["id"] for fault in found["vulns"]]
        for found in json.loads(report.read_text(encoding="utf-8"))["dependencies"]
        if "vulns" in found
    }
    pinned = PINNED.findall(lock.read_text(encoding="utf-8"))
    told = {
        name: audited[name] if name in audited else newest_faults(name, version) for name, version in pinned
    }
    faulty = {name: faults for name, faults in told.items() if faults}
    for name, faults in faulty.items():
        print(f"{name}: {', '.join(faults)}")
    print(f"{len(pinned)} packages, {len(faulty)} with known faults")
    unchecked = [name for name, faults in told.items() if faults is None]
    print(f"not checked, as they are not the newest: {', '.join(unchecked) or 'none'}")
    return 1 if faulty else 0


def newest_faults(name: str, version: str) -> list[str] | None:
    """Return the ids of the faults of a package's newest release; None where another is locked."""
    with urlopen(f"https://pypi.org/pypi/{name}/json", timeout=60) as page:
        package = json.load(page)
    if package["info"]["version"] != version:
        return None
    return [fault["id"] for fault in package["vulnerabilities"] if not fault["withdrawn"]]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
