#!/bin/sh
# Brings a machine that runs already to the state that a new one boots into: custom data reaches only new machines, this script
# reaches all of them, those of a scale set batch by batch. It is the custom script extension's, and can run again.
set -eu
cloud_config=

exec /usr/bin/python3 - "$cloud_config" <<'PYTHON'
import base64
import contextlib
import os
import subprocess
import sys
import time

import yaml  # cloud-init's own

# the first boot does the same, and must not be overtaken; what it says about itself does not matter here.
subprocess.run(["cloud-init", "status", "--wait"], check=False)
config = yaml.safe_load(base64.b64decode(sys.argv[1]))
files = config["write_files"]
try:
    for file in files:
        os.makedirs(os.path.dirname(file["path"]), exist_ok=True)
        with open(file["path"] + ".new", "w") as written:
            written.write(file["content"])
            os.chmod(written.fileno(), int(file["permissions"], 8))
            written.flush()
            os.fsync(written.fileno())
    # all of them or none, each of them whole: what a full disk leaves is what the next boot starts.
    for file in files:
        os.replace(file["path"] + ".new", file["path"])
finally:
    for file in files:
        with contextlib.suppress(FileNotFoundError):
            os.remove(file["path"] + ".new")
for command in config["runcmd"]:
    subprocess.run(command, check=True)
# a restart would take the rules away for a moment, in which new connections are refused.
subprocess.run(["systemctl", "reload-or-restart", "apim-forwarder.service"], check=True)
subprocess.run(["systemctl", "restart", "apim-forwarder-health.service"], check=True)


def answers_probes() -> bool:
    with open("/etc/apim-forwarder/forwarder.env") as settings:
        port = dict(line.strip().split("=", 1) for line in settings if "=" in line)["HEALTH_PORT"]
    # the packet rules let nobody in but the probe itself, so the open port (0A) is looked for, not asked.
    with open("/proc/net/tcp") as sockets:
        listening = [line.split()[1] for line in sockets if line.split()[3] == "0A"]
    return f"00000000:{int(port):04X}" in listening


# whoever waits for this script stops the next machine of the pool then: one that has just been started carries connections
# before, unless what it forwards to is not there.
with open("/proc/uptime") as uptime:
    just_started = float(uptime.read().split()[0]) < 300
if just_started:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and not answers_probes():
        time.sleep(1)
    time.sleep(15)
PYTHON
