// multiprocessing.connection's Listener and Client, with CPython at the other end and with each other.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { startPython } from "./python";
import { runPort } from "./run";

const hasPython = spawnSync("python3", ["-c", ""]).status === 0;

const HEAD = `import { sys, threading, time } from "pythreads";
import { Client, Listener } from "pythreads/multiprocessing/connection";
import { bytearray, bytes, int, isinstance, len, list, print, range, repr, set, tuple, type, with_, OSError, ValueError } from "pythreads/builtins";
function fails(f) {
  try { f(); } catch (e) { return type(e).__name__ + ": " + e; }
  return "no error";
}
`;

const PYTHON = `
import sys, os, socket, struct, tempfile, hmac, hashlib
from multiprocessing.connection import Client, Listener
def fails(f):
    try: f()
    except BaseException as e: return f'{type(e).__name__}: {e}'
    return 'no error'
`;

/** A value in both languages. */
const VALUES: Record<string, string> = {
  "{'a': [1, 2.5, None, True], 'b': (1, 'x')}": "({ a: [1, 2.5, null, true], b: tuple([1, 'x']) })",
  "'é\\u4e2d' * 1000": "'é\\u4e2d'.repeat(1000)",
  "2**100": "2n ** 100n",
  "b'\\x00\\xff'": "bytes([0, 255])",
  "{1, 2}": "set([1, 2])",
  "ValueError('m', 3)": "ValueError('m', 3)",
  "OSError(2, 'gone', 'f')": "OSError(2, 'gone', 'f')",
  "bytearray(3000000)": "bytearray(3000000)",
};

const SEND_OURS = Object.values(VALUES)
  .map((value) => `c.send(${value});`)
  .join("\n");
/** Receives those values, and sends back whether each was the one. */
const CHECK_PYTHON = `
for expected in [${Object.keys(VALUES)}]:
    got = c.recv()
    c.send(type(got) is type(expected) and (got == expected or (repr(got), vars(got)) == (repr(expected), vars(expected))))
`;
const SEND_PYTHON = Object.keys(VALUES)
  .map((value) => `c.send(${value})`)
  .join("\n");
const CHECK_OURS = `for (const expected of [${Object.values(VALUES)}]) {
  const got = c.recv();
  print(type(got) === type(expected) && repr(got) === repr(expected));
}
`;
const ALL_TRUE = "True\n".repeat(Object.keys(VALUES).length);

describe.skipIf(!hasPython)("with CPython at the other end", () => {
  test.each([
    ["AF_INET", "None"],
    ["AF_INET", "b'secret'"],
    ["AF_UNIX", "None"],
    ["AF_UNIX", "b'secret'"],
  ])("our Client and CPython's Listener: %s, authkey %s", async (family, key) => {
    const python = startPython(`${PYTHON}
l = Listener(family='${family}', authkey=${key})
print(l.address if '${family}' == 'AF_UNIX' else l.address[1])
with l.accept() as c:
    ${CHECK_PYTHON.trim().replaceAll("\n", "\n    ")}
    ${SEND_PYTHON.replaceAll("\n", "\n    ")}
    assert c.recv_bytes() == b''
    assert c.recv_bytes() == b'cde'
    c.send_bytes(bytearray(b'into'))
    c.send_bytes(b'x' * 9)
    assert c.poll(None)
    print(fails(c.recv))
`);
    const where = await python.line();
    const ours = key === "None" ? "null" : "bytes('secret')";
    const result = await runPort(
      `${HEAD}
const c = Client(${family === "AF_INET" ? "['127.0.0.1', int(sys.argv[1])]" : "sys.argv[1]"}, { authkey: ${ours} });
${SEND_OURS}
for (const _ of range(${Object.keys(VALUES).length})) print(c.recv());
${CHECK_OURS}
c.send_bytes(bytes(""));
c.send_bytes(bytes("abcdef"), 2, 3);
const buffer = bytearray(8);
print(c.recv_bytes_into(buffer, 2), buffer);
print(fails(() => c.recv_bytes_into(buffer)), c.poll());
c.close();
`,
      { args: [where] },
    );
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe(
      `${ALL_TRUE}${ALL_TRUE}4 bytearray(b'\\x00\\x00into\\x00\\x00')\nBufferTooShort: b'xxxxxxxxx' False\n`,
    );
    expect(await python.ended).toEqual({ code: 0, rest: "EOFError: " });
  });

  test.each([
    ["AF_INET", "null"],
    ["AF_INET", "bytes('secret')"],
    ["AF_UNIX", "bytes('secret')"],
  ])("CPython's Client and our Listener: %s, authkey %s", async (family, key) => {
    const python = startPython(
      `${PYTHON}
key = ${key === "null" ? "None" : "b'secret'"}
port = sys.stdin if False else None
import time
path = sys.argv[1]
while not os.path.exists(path): time.sleep(0.01)
c = None
where = open(path).read() if '${family}' == 'AF_INET' else path
c = Client(('127.0.0.1', int(where)) if '${family}' == 'AF_INET' else where, authkey=key)
${CHECK_PYTHON}
${SEND_PYTHON}
print(fails(c.recv))
`,
      ...[`/tmp/pythreads-test-${process.pid}-${family}-${key.length}`],
    );
    const path = `/tmp/pythreads-test-${process.pid}-${family}-${key.length}`;
    const result = await runPort(
      `${HEAD}
${family === "AF_INET" ? 'import { renameSync, writeFileSync, rmSync } from "node:fs";' : ""}
const l = Listener(${family === "AF_INET" ? "['127.0.0.1', 0]" : "sys.argv[1]"}, { authkey: ${key} });
${family === "AF_INET" ? `if (__name__ === "__main__") { writeFileSync(sys.argv[1] + "w", String(l.address[1])); renameSync(sys.argv[1] + "w", sys.argv[1]); }` : ""}
with_(l.accept(), (c) => {
${family === "AF_INET" ? `rmSync(sys.argv[1]);` : ""}
${SEND_OURS}
for (const _ of range(${Object.keys(VALUES).length})) print(c.recv());
${CHECK_OURS}
});
l.close();
`,
      { args: [path] },
    );
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe(ALL_TRUE + ALL_TRUE);
    expect(await python.ended).toEqual({ code: 0, rest: "EOFError: " });
  });

  test("a wrong key is an AuthenticationError on both sides, whoever connects", async () => {
    const listening = startPython(`${PYTHON}
l = Listener(('127.0.0.1', 0), authkey=b'one')
print(l.address[1])
print(fails(l.accept))
l2 = Listener(('127.0.0.1', 0), authkey=b'one')
`);
    const port = await listening.line();
    const client = await runPort(
      `${HEAD}print(fails(() => Client(tuple(["127.0.0.1", int(sys.argv[1])]), { authkey: bytes("other") })));`,
      { args: [port] },
    );
    expect([client.stdout, client.stderr]).toEqual(["AuthenticationError: digest sent was rejected\n", ""]);
    expect((await listening.ended).rest).toBe("AuthenticationError: digest received was wrong");

    const server = await runPort(`${HEAD}
import { spawn } from "node:child_process";
const l = Listener(["127.0.0.1", 0], { authkey: bytes("one") });
const source = "import sys\\nfrom multiprocessing.connection import Client\\ntry: Client(('127.0.0.1', int(sys.argv[1])), authkey=b'other')\\nexcept BaseException as e: print(type(e).__name__, e)";
spawn("python3", ["-c", source, String(l.address[1])], { stdio: "inherit" });
print(fails(() => l.accept()));
l.close();
`);
    expect(server.stdout.split("\n").filter(Boolean).sort()).toEqual([
      "AuthenticationError digest sent was rejected",
      "AuthenticationError: digest received was wrong",
    ]);
  });

  /** A peer as Python 3.12 and later are, which name the digest in challenge and answer. */
  const NEWER = `${PYTHON}
def digest(key, message, name): return hmac.new(key, message, name).digest()
def deliver(c, key, name):
    message = b'{%s}' % name.encode() + os.urandom(40)
    c.send_bytes(b'#CHALLENGE#' + message)
    good = c.recv_bytes(256) == b'{%s}' % name.encode() + digest(key, message, name)
    c.send_bytes(b'#WELCOME#' if good else b'#FAILURE#')
    return good
def answer(c, key):
    challenge = c.recv_bytes(256)
    assert challenge.startswith(b'#CHALLENGE#{sha256}') and len(challenge) == 59, challenge
    message = challenge[11:]
    c.send_bytes(b'{sha256}' + digest(key, message, 'sha256'))
    return c.recv_bytes(256) == b'#WELCOME#'
`;

  test.each(["md5", "sha256", "sha384", "sha3_256", "sha3_384"])(
    "a challenge that names its digest is answered with it: %s",
    async (name) => {
      const python = startPython(`${NEWER}
l = Listener(('127.0.0.1', 0))
print(l.address[1])
c = l.accept()
print(deliver(c, b'secret', '${name}'), answer(c, b'secret'))
c = l.accept()
print(deliver(c, b'another', '${name}'))
`);
      const result = await runPort(
        `${HEAD}const address = ["127.0.0.1", int(sys.argv[1])];
Client(address, { authkey: bytes("secret") }).close();
print(fails(() => Client(address, { authkey: bytes("secret") })));`,
        { args: [await python.line()] },
      );
      expect([result.stdout, result.stderr]).toEqual(["AuthenticationError: digest sent was rejected\n", ""]);
      expect(await python.ended).toEqual({ code: 0, rest: "True True\nFalse" });
    },
  );

  test("what is no challenge is refused, and no more than 256 bytes of it are read", async () => {
    const python = startPython(`${NEWER}
l = Listener(('127.0.0.1', 0))
print(l.address[1])
for message in [b'something bogus', b'#CHALLENGE#short', b'#CHALLENGE#{sha1}' + b'x' * 40, b'x' * 257]:
    l.accept().send_bytes(message)
`);
    const result = await runPort(
      `${HEAD}for (const _ of range(4)) print(fails(() => Client(["127.0.0.1", int(sys.argv[1])], { authkey: bytes("secret") })));`,
      { args: [await python.line()] },
    );
    expect(result.stdout.split("\n")).toEqual([
      "AuthenticationError: Protocol error, expected challenge: message=b'something bogus'",
      "AuthenticationError: challenge too short: 5 bytes",
      `AuthenticationError: unsupported message length, missing digest prefix, or unsupported digest: message=b'{sha1}${"x".repeat(40)}'`,
      "OSError: bad message length",
      "",
    ]);
  });

  test("frames that are cut, too long or negative, and pickles that are no data, are errors at once", async () => {
    const python = startPython(`${PYTHON}
l = socket.create_server(('127.0.0.1', 0))
print(l.getsockname()[1])
import pickle
data = pickle.dumps(os.system)
for frame in [struct.pack('!i', 0x7fffffff), struct.pack('!iQ', -1, 1 << 62), struct.pack('!i', -2), struct.pack('!i', 1000000000) + b'abc',
              b'\\0\\0', struct.pack('!i', len(data)) + data, struct.pack('!i', 3) + b'\\x80\\x04N', b'']:
    l.accept()[0].sendall(frame)
`);
    const result = await runPort(
      `${HEAD}for (const _ of range(8)) {
  const c = Client(["127.0.0.1", int(sys.argv[1])]);
  print(fails(() => c.recv()));
  if (_ === 0) print(fails(() => c.recv()));
  c.close();
}`,
      { args: [await python.line()] },
    );
    expect(result.stdout.split("\n")).toEqual([
      "OSError: bad message length",
      "OSError: connection is write-only",
      "OSError: bad message length",
      "OSError: bad message length",
      "OSError: got end of file during message",
      "OSError: got end of file during message",
      "UnpicklingError: global 'posix.system' is forbidden: a pickle is read as data only",
      "EOFError: Ran out of input",
      "EOFError: ",
      "",
    ]);
  });

  test("a peer that resets the connection is a ConnectionResetError, and one that has gone a broken pipe", async () => {
    const python = startPython(`${PYTHON}
l = socket.create_server(('127.0.0.1', 0))
print(l.getsockname()[1])
c = l.accept()[0]
c.recv(1)
c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
c.close()
`);
    const result = await runPort(
      `${HEAD}const c = Client(["127.0.0.1", int(sys.argv[1])]);
c.send_bytes(bytes("x"));
print(fails(() => c.recv()));
print(fails(() => c.send(1)));`,
      { args: [await python.line()] },
    );
    expect(result.stdout).toBe(
      "ConnectionResetError: [Errno 104] Connection reset by peer\nBrokenPipeError: [Errno 32] Broken pipe\n",
    );
  });
});

test("errors of addresses are Python's", async () => {
  const result = await runPort(`${HEAD}
const l = Listener(["127.0.0.1", 0]);
print(fails(() => Listener(l.address)));
const gone = l.address;
l.close();
l.close();
print(fails(() => l.accept()));
print(fails(() => Client(gone)));
print(fails(() => Client("/tmp/pythreads/no/such/socket")));
print(fails(() => Listener("/tmp/pythreads/no/such/socket")));
print(fails(() => Client(5)));
print(fails(() => Client("/x", "AF_PIPE")));
print(fails(() => Listener(["127.0.0.1", 0], { authkey: "text" })));
print(fails(() => Client("x".repeat(200))));
print(fails(() => Listener(["no.such.host.invalid", 0])));
const path = Listener();
print(path.address.startsWith("/tmp/listener-"), path.last_accepted);
print(fails(() => Listener(path.address)));
`);
  expect(result.stderr).toBe("");
  expect(
    result.stdout.split("\n").map((line) => line.replace(/Error: \[Errno -[23]\].*/, "Error: not resolved")),
  ).toEqual([
    "OSError: [Errno 98] Address already in use",
    "OSError: listener is closed",
    "ConnectionRefusedError: [Errno 111] Connection refused",
    "FileNotFoundError: [Errno 2] No such file or directory",
    "FileNotFoundError: [Errno 2] No such file or directory",
    "TypeError: address type of 5 unrecognized",
    "ValueError: Family AF_PIPE is not recognized.",
    "TypeError: authkey should be a byte string",
    "OSError: AF_UNIX path too long",
    "OSError: not resolved",
    "True None",
    "OSError: [Errno 98] Address already in use",
    "",
  ]);
});

describe("whoever waits for the network", () => {
  const WAITS: Record<string, string> = {
    accept: "Listener(['127.0.0.1', 0]).accept();",
    recv: "const l = Listener(); const c = Client(l.address); c.recv();",
    poll: "const l = Listener(); const c = Client(l.address); c.poll(null);",
    send: "const l = Listener(); const c = Client(l.address); while (true) c.send_bytes(bytes(1000000));",
    "the challenge": "const l = Listener(); Client(l.address, { authkey: bytes('k') });",
  };

  test.each(Object.entries(WAITS))("is interrupted by Ctrl-C: %s", async (_, statements) => {
    const source = `${HEAD}
import { kill } from "node:process";
threading.Timer(0.3, () => kill(process.pid, "SIGINT")).start();
try { ${statements} } catch (e) { print(type(e).__name__); }`;
    const result = await runPort(source);
    expect([result.stdout, result.stderr, result.code]).toEqual(["KeyboardInterrupt\n", "", 0]);
  });

  test("does not keep the program from ending, if it is a daemon thread", async () => {
    const result = await runPort(`${HEAD}
const l = Listener();
const began = threading.Semaphore(0);
function accepts() { began.release(); l.accept(); }
function receives() { const c = Client(l.address); began.release(); c.recv(); }
threading.Thread({ target: accepts, daemon: true }).start();
threading.Thread({ target: receives, daemon: true }).start();
for (const _ of range(2)) began.acquire();
print("over");`);
    expect([result.stdout, result.stderr, result.code]).toEqual(["over\n", "", 0]);
  });
});

describe("sockets go with those who had them", () => {
  test("a thread that dies leaves none behind", async () => {
    const result = await runPort(`${HEAD}
const l = Listener();
function dies() {
  const c = Client(l.address);
  const own = Listener(["127.0.0.1", 0]);
  c.send(own.address);
  c.recv();
  (globalThis as any).process.exit(3);
}
const t = threading.Thread({ target: dies });
t.start();
const c = l.accept();
const address = c.recv();
Client(address).close();
c.send(1);
t.join();
print(fails(() => c.recv()));
let outcome = "no error";
while (outcome === "no error") outcome = fails(() => Client(address).close());
print(outcome);`);
    expect(result.stdout).toBe("EOFError: \nConnectionRefusedError: [Errno 111] Connection refused\n");
  });

  test("a connection that nobody has accepted is closed with the listener", async () => {
    const result = await runPort(`${HEAD}
const l = Listener(["127.0.0.1", 0]);
const c = Client(l.address);
l.close();
print(fails(() => c.recv()));`);
    expect(result.stdout).toMatch(/^(EOFError: |ConnectionResetError: .*)\n$/);
  });

  test("what was sent before the program ended arrives", async () => {
    const python = startPython(`${PYTHON}
l = Listener(('127.0.0.1', 0))
print(l.address[1])
c = l.accept()
print(len(c.recv()), fails(c.recv))
`);
    const result = await runPort(`${HEAD}Client(["127.0.0.1", int(sys.argv[1])]).send(bytes(5000000));`, {
      args: [await python.line()],
    });
    expect([result.stderr, result.code]).toEqual(["", 0]);
    expect(await python.ended).toEqual({ code: 0, rest: "5000000 EOFError: " });
  });

  test("a message of many buffers waits for its reader, and arrives whole", async () => {
    const result = await runPort(`${HEAD}
const l = Listener();
const sent = threading.Event();
function sends() {
  with_(Client(l.address), (c) => {
    for (const i of range(20)) c.send_bytes(bytes([i]).__mul__(2000000));
    sent.set();
    c.send_bytes(bytes("end"));
  });
}
const t = threading.Thread({ target: sends });
t.start();
const c = l.accept();
print(c.poll(null), sent.is_set());
let good = 0;
for (const i of range(20)) {
  const got = c.recv_bytes();
  if (len(got) === 2000000 && got[0] === i && got[1999999] === i) good += 1;
}
print(good, c.recv_bytes(), fails(() => c.recv_bytes()));
t.join();`);
    expect([result.stdout, result.stderr]).toEqual(["True False\n20 b'end' EOFError: \n", ""]);
  });

  test("a connection is one object for all threads, and closed for all", async () => {
    const result = await runPort(`${HEAD}
const l = Listener();
const c = Client(l.address);
const s = l.accept();
function talks(same) {
  print(same === s, same.recv());
  same.close();
}
c.send("hello");
const t = threading.Thread({ target: talks, args: [s] });
t.start();
t.join();
print(s.closed, fails(() => s.send(1)), fails(() => c.recv()));`);
    expect([result.stdout, result.stderr]).toEqual(["True hello\nTrue OSError: handle is closed EOFError: \n", ""]);
  });
});
