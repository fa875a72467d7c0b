"""Which country the person is in: asked for, set, or told by the machine's locale."""

import re
from collections.abc import Mapping

from backpain_cli.model import Knowledge, Region

VARIABLE = "BACKPAIN_REGION"
DEFAULT = "default"
_FALLBACK = Region(code=DEFAULT, name="your region", emergency="112")
_LOCALE = re.compile(r"^[a-z]{2,3}_([A-Z]{2})\b")


def find_region(knowledge: Knowledge, code: str | None, environment: Mapping[str, str]) -> Region:
    """Return the region by `--region`, else BACKPAIN_REGION, else the locale; else the default one."""
    asked = code or environment.get(VARIABLE) or _from_locale(environment)
    default = knowledge.region_by_code.get(DEFAULT, _FALLBACK)
    return knowledge.region_by_code.get(asked.upper(), default)


def _from_locale(environment: Mapping[str, str]) -> str:
    set_locale = next(
        (environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), ""
    )
    found = _LOCALE.match(set_locale)
    return found[1] if found else ""
