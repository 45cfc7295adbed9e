"""What can go wrong between us and an API server, each with a text that a person can act on."""


class KubeError(Exception):
    """The family: its text is one clear sentence, and quotes no credential."""


class ConfigurationError(KubeError):
    """No kubeconfig, or one that does not say where the cluster is and who asks."""


class ConnectionLostError(KubeError):
    """The server gave no answer, or only a part of one."""


class TooLargeError(KubeError):
    """The answer is larger than we are willing to hold."""


class ApiError(KubeError):
    """The server answered, and not with what was asked for."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
