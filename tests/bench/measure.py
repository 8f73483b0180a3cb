"""Runs a command and prints what the operating system says of it as JSON: wall, user and sys seconds, peak MiB, status.

usage: measure.py OUTPUT_FILE COMMAND [ARG ...]
"""
import json
import os
import sys
import time

output, command = sys.argv[1], sys.argv[2:]
started = time.monotonic()
pid = os.fork()
if pid == 0:
    fd = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(fd, 1)
    os.dup2(fd, 2)
    os.execvp(command[0], command)
_, status, usage = os.wait4(pid, 0)
print(json.dumps({
    "wall": time.monotonic() - started,
    "user": usage.ru_utime,
    "sys": usage.ru_stime,
    "peak": usage.ru_maxrss / 1024,
    "status": os.waitstatus_to_exitcode(status),
}))
