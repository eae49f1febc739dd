# Runs a command at a terminal of its own, types Ctrl-C each time it prints "ready", and tells what came of it as JSON.
import json
import os
import pty
import sys

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
output, typed = b"", 0
while True:
    try:
        data = os.read(terminal, 4096)
    except OSError:
        break
    if not data:
        break
    output += data
    while output.count(b"ready") > typed:
        typed += 1
        os.write(terminal, b"\x03")
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print(json.dumps({"output": output.decode().replace("\r\n", "\n"), "code": status}))
