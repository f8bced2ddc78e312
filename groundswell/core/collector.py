"""Python's collector of cycles, set for work on many rows."""

import atexit
import gc

_SELDOM = 50_000


def calm() -> None:
    """Let the collector pass over all there is by now, which stays as long as the process, and seldom look at what is new.

    Rows are not in cycles: looking through them and what the imports made took a sixth of reading posts for titles. For a
    process whose modules are imported, once.
    """
    gc.freeze()
    atexit.register(gc.unfreeze)  # or libraries report what is theirs as leaked
    gc.set_threshold(_SELDOM)
