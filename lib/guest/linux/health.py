#!/usr/bin/env python3
"""Answers the load balancer's health probe while the target is reachable through this forwarder.

The check is a client of its own: a connection out of a separate network namespace takes the way of every forwarded
connection, through the DNAT rule, ip_forward, the forward chain and the masquerading, to the target. While that
works the probe's port is open; while it does not the port is closed, and the kernel resets the probe.
"""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time

INTERFACE = "apim-health"
HOST_ADDRESS = "192.0.2.1"
CLIENT_ADDRESS = "192.0.2.2"
# no machine has this address: only the DNAT rule leads from it to anything that answers, this program's own
# listener included.
FORWARDED_ADDRESS = "192.0.2.6"
PREFIX_LENGTH = 29

CLONE_NEWNET = 0x40000000
LIBC = ctypes.CDLL(None, use_errno=True)

PACKET_RULES = "/etc/apim-forwarder/forward.nft"


def checked(result: int) -> None:
    """Raises what a call of the C library complains about."""
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))


def load_packet_rules() -> None:
    """Loads the packet rules as the unit does, which changes nothing while they are there."""
    subprocess.run(["nft", "--file", PACKET_RULES], check=False)


def this_namespace() -> int:
    """Opens the network namespace that the program is in."""
    return os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)


class Client:
    """A client of the forwarder, in a network namespace without a name: the kernel removes it with the process."""

    def __init__(self) -> None:
        self._home = this_namespace()
        checked(LIBC.unshare(CLONE_NEWNET))
        self._away = this_namespace()
        checked(LIBC.setns(self._home, CLONE_NEWNET))

        # a process that was killed a moment ago may not have been cleaned up yet.
        subprocess.run(["ip", "link", "delete", INTERFACE], stderr=subprocess.DEVNULL, check=False)
        self._ip(
            f"link add {INTERFACE} type veth peer name client netns /proc/self/fd/{self._away}",
            f"address add {HOST_ADDRESS}/{PREFIX_LENGTH} dev {INTERFACE}",
            f"link set {INTERFACE} up",
        )
        with self._inside():
            self._ip(
                f"address add {CLIENT_ADDRESS}/{PREFIX_LENGTH} dev client",
                "link set client up",
                f"route add {FORWARDED_ADDRESS}/32 via {HOST_ADDRESS}",
            )

    def problem(self, port: int, timeout: float) -> str | None:
        """Connects to the target through the forwarder and says what went wrong, if anything."""
        # a socket stays in the namespace that it was made in.
        with self._inside():
            connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        with connection:
            connection.settimeout(timeout)
            try:
                connection.connect((FORWARDED_ADDRESS, port))
            except OSError as error:
                return error.strerror or str(error)
        return None

    @contextlib.contextmanager
    def _inside(self):
        checked(LIBC.setns(self._away, CLONE_NEWNET))
        try:
            yield
        finally:
            checked(LIBC.setns(self._home, CLONE_NEWNET))

    def _ip(self, *commands: str) -> None:
        subprocess.run(["ip", "-batch", "-"], input="\n".join(commands), text=True, check=True, pass_fds=[self._away])


class Verdict:
    """Unknown, up or down, changed only by several checks in a row that say otherwise."""

    def __init__(self, fall: int, rise: int) -> None:
        self.up: bool | None = None
        self._fall = fall
        self._rise = rise
        self._against = 0

    def changed_by(self, success: bool) -> bool:
        """Counts one check and says whether it turned the verdict."""
        self._against = 0 if success == self.up else self._against + 1
        if self._against < (self._rise if success else self._fall):
            return False
        self.up, self._against = success, 0
        return True


class Endpoint:
    """The port that the load balancer probes: open while the verdict is up."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener: socket.socket | None = None

    def open(self) -> None:
        self._listener = socket.create_server(("0.0.0.0", self._port), backlog=64)
        # a thread of its own, so that no probe waits for a check that waits for the target.
        threading.Thread(target=self._answer, args=[self._listener], daemon=True).start()

    def close(self) -> None:
        if self._listener is not None:
            # close alone does not wake the thread that waits in accept.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    @staticmethod
    def _answer(listener: socket.socket) -> None:
        while listener.fileno() != -1:
            # the other side may be gone already; to have been accepted is all that a TCP probe asks for.
            with contextlib.suppress(OSError):
                listener.accept()[0].close()


def main() -> None:
    target = os.environ["TARGET_ADDRESS"]
    port = int(os.environ["HEALTH_PORT"])
    interval = float(os.environ["HEALTH_INTERVAL"])
    timeout = float(os.environ["HEALTH_TIMEOUT"])
    verdict = Verdict(int(os.environ["HEALTH_FALL"]), int(os.environ["HEALTH_RISE"]))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

    client = Client()
    endpoint = Endpoint(port)
    while True:
        next_check = time.monotonic() + interval
        problem = client.problem(port, timeout)
        if problem is not None:
            # others flush all rules of a machine, as nftables.service does, and no unit would notice.
            load_packet_rules()
        if verdict.changed_by(problem is None):
            if verdict.up:
                endpoint.open()
                print(f"up: {target}:{port} answers through this forwarder", flush=True)
            else:
                endpoint.close()
                print(f"down: {target}:{port} does not answer through this forwarder: {problem}", flush=True)
        time.sleep(max(0.0, next_check - time.monotonic()))


if __name__ == "__main__":
    main()
