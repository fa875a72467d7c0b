import os
import stat
from pathlib import Path

import pytest

from backpain_cli import files
from backpain_cli.errors import BackpainError
from backpain_cli.files import write_file


def see_nothing(_path: Path, *, force: bool) -> None:
    """Stand for the moment between the check and the write."""
    assert not force


def test_a_file_is_written_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    write_file(path, "age: 35\n", force=False)
    assert path.read_text() == "age: 35\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_kept_without_force(tmp_path: Path) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("old")
    with pytest.raises(BackpainError, match="is there already"):
        write_file(path, "new", force=False)
    assert path.read_text() == "old"
    write_file(path, "new", force=True)
    assert path.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("theirs")
    monkeypatch.setattr(files, "check_writable", see_nothing)
    with pytest.raises(BackpainError, match="is there already"):
        write_file(path, "ours", force=False)
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_replaced_and_never_followed(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("precious")
    link.symlink_to(target)
    with pytest.raises(BackpainError, match="is there already"):
        write_file(link, "new", force=False)
    write_file(link, "new", force=True)
    assert (target.read_text(), link.read_text(), link.is_symlink()) == ("precious", "new", False)


def test_a_link_to_nothing_counts_as_a_file(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(BackpainError, match="is there already"):
        write_file(link, "new", force=False)


@pytest.mark.parametrize(
    ("name", "message"), [("missing/answers.yaml", "there is no folder"), (".", "is a folder")]
)
def test_a_place_that_cannot_hold_a_file_is_said(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(BackpainError, match=message):
        write_file(tmp_path / name, "text", force=False)


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    with pytest.raises(BackpainError, match="nothing can be written"):
        write_file(tmp_path / "a", "text", force=False)


def full_disk(_handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "answers.yaml"
    path.write_text("old")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(BackpainError, match="was not written: No space left on device"):
        write_file(path, "new", force=True)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def no_links(_source: Path, _target: Path) -> None:
    raise PermissionError


def test_a_file_system_without_hard_links_works_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", no_links)
    write_file(tmp_path / "a", "text", force=False)
    assert (tmp_path / "a").read_text() == "text"
    monkeypatch.setattr(files, "check_writable", see_nothing)
    with pytest.raises(BackpainError, match="is there already"):
        write_file(tmp_path / "a", "other", force=False)
    assert (tmp_path / "a").read_text() == "text"
