"""What can go wrong in the lab, each with a sentence that says what to do about it."""


class LabError(Exception):
    """A build cannot go on; the message is shown to the reader as it stands."""


class MissingToolError(LabError):
    """A program that a recipe starts from (such as ``go``) is not installed."""


class BuildFailedError(LabError):
    """A step of a recipe failed or took too long; the message names the log."""


class CacheBusyError(LabError):
    """Another run held the cache for longer than we are willing to wait."""
