"""What can go wrong when the app is started."""

from cocreate.agents.errors import CocreateError


class AppNotInstalledError(CocreateError, ImportError):
    """The packages that the app needs are not installed."""

    def __init__(self, missing: str) -> None:
        """Name what is missing.

        Args:
            missing: Name of a package.
        """
        super().__init__(
            f"The app needs packages that are not installed ({missing} is missing):"
            ' pip install "cocreate[app]" installs them.'
        )


class WorkersError(CocreateError, ValueError):
    """The number of processes that simulate is none."""

    def __init__(self, name: str, given: str, most: int) -> None:
        """Name the variable, what it may be, and what it is.

        Args:
            name: Name of the environment variable.
            given: Its value.
            most: Largest number allowed.
        """
        super().__init__(
            f"The environment variable {name} is {given!r}: it takes a whole number of processes from 0 to"
            f" {most}, with 0 to simulate in the server itself. Unset it for the usual number."
        )


class AddressError(CocreateError, OSError):
    """The app cannot listen at an address."""

    def __init__(self, host: str, port: int, why: str) -> None:
        """Name the address.

        Args:
            host: Host name or address.
            port: Port, 0 for any free one.
            why: What the system says.
        """
        where = f"{host}, port {port}" if port else f"{host}, any port"
        super().__init__(
            f"The app cannot listen at {where}: {why}. Choose another port with --port,"
            " or --port 0 for any free one; --host takes an address of this machine, such as 127.0.0.1 for"
            " itself alone or 0.0.0.0 for all its networks."
        )

    def __str__(self) -> str:
        """Return the message itself, without the words that OSError would add."""
        return str(self.args[0])
