"""Asks a machine, from within, all that a boot is judged by: `ask-boot.py WHICH UNIT...`, WHICH is `first` or `later`.

Prints a JSON object: for each question its exit code, what was said and what was complained of.
"""

import contextlib
import io
import json
import subprocess
import sys

# what the command `cloud-init` runs; a process of its own for each question loads everything once more.
from cloudinit.cmd.main import main as cloud_init

SHOWN = "Id,ExecStart,NRestarts,Restart,RestartUSec,StartLimitBurst,StartLimitIntervalUSec"


def program(*words: str) -> dict[str, object]:
    ran = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
    return {"code": ran.returncode, "stdout": ran.stdout, "stderr": ran.stderr}


def cloud(*words: str) -> dict[str, object]:
    said, complaint = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complaint):
        try:
            code = cloud_init(["cloud-init", *words]) or 0
        except SystemExit as end:
            # like the interpreter: a text is a complaint.
            code = end.code if isinstance(end.code, int) else 1
            complaint.write("" if isinstance(end.code, int) else f"{end.code}\n")
    return {"code": code, "stdout": said.getvalue(), "stderr": complaint.getvalue()}


def answers(which: str, units: list[str]) -> dict[str, object]:
    journal = ["journalctl", "--boot", "--quiet", "--output=cat"]
    answer = {
        "jobs": program("systemctl", "list-jobs", "--no-legend", "--full"),
        "failed": program("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--full"),
        "warnings": program(*journal, "--priority=warning", "_PID=1"),
        "status": cloud("status", "--long", "--format=json"),
    }
    if units:
        answer["units"] = program("systemctl", "show", *units, f"--property={SHOWN}")
    for unit in units:
        answer[f"after {unit}"] = program("systemctl", "list-dependencies", "--after", "--all", "--plain", "--full", unit)
        answer[f"words {unit}"] = program(*journal, "--lines=1", f"_SYSTEMD_UNIT={unit}")
    if which == "first":
        answer["schema"] = cloud("schema", "--system")
        answer["output"] = program("cat", "/var/log/cloud-init-output.log")
    if which == "first" and units:
        answer["verify"] = program("systemd-analyze", "verify", "--man=no", *units)
    return answer


json.dump(answers(sys.argv[1], sys.argv[2:]), sys.stdout)
