"""Checks `knowledge/` while a wheel is built and ships it compiled: a broken one never leaves the house."""

import sys
import tempfile
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent


class KnowledgeBuildHook(BuildHookInterface):
    """Puts the compiled knowledge into a wheel; an editable install reads the folder instead."""

    def initialize(self, version: str, build_data: dict[str, object]) -> None:
        """Check and compile the knowledge, and name the result among the files of the wheel."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name, "_knowledge.json")
        compiled.write_bytes(_compiled())
        build_data["force_include"] = {str(compiled): "backpain_cli/_knowledge.json"}

    def finalize(self, version: str, build_data: dict[str, object], artifact_path: str) -> None:
        """Remove what was needed only while building."""
        del build_data, artifact_path
        if version != "editable":
            self._folder.cleanup()


def _compiled() -> bytes:
    # the package is not installed while it is being built
    sys.path.insert(0, str(ROOT))
    from backpain_cli.errors import KnowledgeError  # noqa: PLC0415
    from backpain_cli.folder import read_folder  # noqa: PLC0415
    from backpain_cli.knowledge import compile_json  # noqa: PLC0415
    from backpain_cli.report.problems import as_text  # noqa: PLC0415

    try:
        return compile_json(read_folder(ROOT / "knowledge"))
    except KnowledgeError as error:
        sys.exit(as_text(error))
