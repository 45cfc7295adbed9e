"""What ends a run before it has a result. The door turns each into one line and an exit status."""


class BartizanError(Exception):
    """The family: its text is one clear sentence for the person at the terminal."""

    exit_status = 70


class UsageError(BartizanError):
    """The command line, the configuration or the surroundings cannot be worked with."""

    exit_status = 2
