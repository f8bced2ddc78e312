from pathlib import Path

import pytest

from groundswell.store.files import sweep, write_whole


def test_a_file_is_written_whole_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "file"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


def test_what_was_there_is_replaced_and_never_written_over(tmp_path: Path) -> None:
    path, before = tmp_path / "file", tmp_path / "before"
    write_whole(path, b"first")
    before.hardlink_to(path)
    write_whole(path, b"second")
    assert (path.read_bytes(), before.read_bytes()) == (b"second", b"first")


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.mkdir()
    (path / "inside").touch()
    with pytest.raises(OSError):
        write_whole(path, b"data")
    assert [child.name for child in tmp_path.iterdir()] == ["file"]
    assert (path / "inside").exists()


def test_sweep_takes_half_written_files_of_that_folder_only(tmp_path: Path) -> None:
    for name in (".writing-1", "kept", "sub/.writing-2"):
        write_whole(tmp_path / name, b"x")
    sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [".writing-2", "kept"]
