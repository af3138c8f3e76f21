"""Make the mutants of the folder it is started in, without running any: what a sample is drawn from."""

from __future__ import annotations

from pathlib import Path

from mutmut.__main__ import (  # type: ignore[import-not-found, attr-defined, unused-ignore]  # a tool of this folder's alone
    copy_also_copy_files,
    copy_src_dir,
    create_mutants,
    setup_source_paths,
)

if __name__ == "__main__":
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(1)
