"""Templates are compiled once in a process, whatever number of reports it makes."""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Templates as they were compiled in this process, or in the one that it was forked from.

    A template whose text is another one since is compiled anew.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put a template in its bucket where its text is the one that was compiled."""
        checksum, code = self._known.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._known[bucket.key] = bucket.checksum, bucket.code


COMPILED = Compiled()
