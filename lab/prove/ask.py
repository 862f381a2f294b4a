"""Asks for connections that the lab's machines cannot ask for themselves: `ask.py SOURCE OWN-PORT TARGET PORTS MARK`.

Sends one SYN to each port, from any address, with a mark in the packet that routers leave as it is. PORTS are ranges
such as 1-442,444-65535.
"""

import socket
import struct
import sys
import time


def folded(total: int) -> int:
    """A sum as the checksum of the internet protocols, https://www.rfc-editor.org/rfc/rfc1071."""
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def main() -> None:
    source, target = socket.inet_aton(sys.argv[1]), socket.inet_aton(sys.argv[3])
    ranges = [[int(end) for end in part.split("-")] for part in sys.argv[4].split(",")]
    sender = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    # the kernel fills the length, the identification and the checksum of the header in.
    header = struct.pack("!BBHHHBBH", 0x45, int(sys.argv[5]) << 2, 0, 0, 0, 64, socket.IPPROTO_TCP, 0) + source + target
    segment = struct.pack("!HHIIBBHHH", int(sys.argv[2]), 0, 1, 0, 5 << 4, 0x02, 65535, 0, 0)
    packet = bytearray(header + segment)
    pseudo = source + target + struct.pack("!HH", socket.IPPROTO_TCP, len(segment))
    total = sum(struct.unpack("!16H", pseudo + segment))
    sent = 0
    for first, *last in ranges:
        for port in range(first, (last or [first])[0] + 1):
            struct.pack_into("!H", packet, 22, port)
            # connection tracking looks at it.
            struct.pack_into("!H", packet, 36, folded(total + port))
            sender.sendto(packet, (sys.argv[3], 0))
            sent += 1
            if sent % 200 == 0:
                # a queue that overflows would hide an answer.
                time.sleep(0.001)


if __name__ == "__main__":
    main()
