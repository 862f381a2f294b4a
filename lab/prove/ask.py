"""Asks for connections that the lab's machines cannot ask for themselves: `ask.py SOURCE TARGET PORTS MARK`.

Sends one SYN to each port, from any address, with a mark in the packet that routers leave as it is. PORTS are ranges
such as 1-442,444-65535.
"""

import socket
import struct
import sys
import time


def checksum(data: bytes) -> int:
    """The checksum of the internet protocols, https://www.rfc-editor.org/rfc/rfc1071."""
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def segment(source: bytes, target: bytes, port: int) -> bytes:
    """A SYN to a port, whose checksum connection tracking looks at."""
    head = struct.pack("!HHIIBBH", 40000, port, 1, 0, 5 << 4, 0x02, 65535)
    pseudo = source + target + struct.pack("!BBH", 0, socket.IPPROTO_TCP, 20)
    return head + struct.pack("!HH", checksum(pseudo + head), 0)


def main() -> None:
    source, target = socket.inet_aton(sys.argv[1]), socket.inet_aton(sys.argv[2])
    ranges = [[int(end) for end in part.split("-")] for part in sys.argv[3].split(",")]
    sender = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    # the kernel fills the length, the identification and the checksum in.
    header = struct.pack("!BBHHHBBH", 0x45, int(sys.argv[4]) << 2, 0, 0, 0, 64, socket.IPPROTO_TCP, 0) + source + target
    sent = 0
    for first, *last in ranges:
        for port in range(first, (last or [first])[0] + 1):
            sender.sendto(header + segment(source, target, port), (sys.argv[2], 0))
            sent += 1
            if sent % 200 == 0:
                # a queue that overflows would hide an answer.
                time.sleep(0.001)


if __name__ == "__main__":
    main()
