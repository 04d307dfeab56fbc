"""Files of this folder that are missing or were cut off while they were copied: said in a sentence."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotWhole(Exception):
    """Its words name the file, and what to do."""


@contextmanager
def whole(path: Path) -> Iterator[None]:
    """Around the reading of a file. What is not whole is never read in part."""
    try:
        yield
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise NotWhole(f"{path} is missing, or was cut off while it was copied. Copy the whole folder again.") from error
