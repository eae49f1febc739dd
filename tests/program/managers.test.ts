// BaseManager over the network, with CPython at the other end.
import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { startPython } from "./python";
import { runPort } from "./run";

const hasPython = spawnSync("python3", ["-c", ""]).status === 0;

const HEAD = `import { queue, sys, threading, time } from "pythreads";
import { BaseManager, BaseProxy } from "pythreads/multiprocessing/managers";
import { bytes, dict, int, isinstance, len, list, object, print, range, repr, str, tuple, type, with_, Exception, KeyError, ValueError } from "pythreads/builtins";
function fails(f) {
  try { f(); } catch (e) { return type(e).__name__ + ": " + e; }
  return "no error";
}
class Account extends object {
  __init__() { super.__init__(); }
  balance = 0;
  add(amount, times = 1) { this.balance += amount * times; return this.balance; }
  fail() { throw ValueError("no", 1); }
  itself() { return this; }
  child() { return new Account(); }
  __repr__() { return "<Account " + this.balance + ">"; }
}
`;

const PYTHON = `
import sys, queue, threading, time
from multiprocessing.managers import BaseManager, BaseProxy, SyncManager, RemoteError
def fails(f):
    try: f()
    except BaseException as e: return f'{type(e).__name__}: {str(e).strip()}'
    return 'no error'
class Account:
    balance = 0
    def add(self, amount, times=1):
        self.balance += amount * times
        return self.balance
    def fail(self): raise ValueError('no', 1)
    def itself(self): return lambda: 0
    def child(self): return Account()
    def __repr__(self): return f'<Account {self.balance}>'
`;

describe.skipIf(!hasPython)("managers and CPython", () => {
  test("our manager uses the objects of CPython's server", async () => {
    const python = startPython(`${PYTHON}
shared = queue.Queue()
class M(BaseManager): pass
M.register('get_queue', callable=lambda: shared)
done = queue.Queue()
M.register('get_done', callable=lambda: done)
M.register('Account', Account, method_to_typeid={'child': 'Child'})
M.register('Child')
server = M(('127.0.0.1', 0), b'secret').get_server()
print(server.address[1])
threading.Thread(target=server.serve_forever, daemon=True).start()
print(done.get())
server.stop_event.wait()
`);
    const result = await runPort(
      `${HEAD}
class M extends BaseManager {}
M.register("get_queue");
M.register("get_done");
M.register("Account");
const m = new M({ address: tuple(["127.0.0.1", int(sys.argv[1])]), authkey: bytes("secret") });
print(fails(() => m.get_queue()));
m.connect();
const q = m.get_queue();
q.put({ hello: [1, 2.5, null, bytes("b")] });
q.put(tuple([1, "two"]), { block: true, timeout: 5 });
print(q.get(), q.get({ timeout: 5 }), q.qsize());
print(fails(() => q.get({ block: false })), fails(() => q.get_nowait()));
const a = m.Account();
print(a.add(5), a.add(2, { times: 3 }), str(a), repr(a).startsWith("<AutoProxy[Account] object, typeid 'Account' at 0x"));
print(fails(() => a.fail()));
print(fails(() => a.itself()).split("\\n").slice(1, 3));
const child = a.child();
print(child.add(1), a.add(0), child._callmethod("add", [3], { times: 2 }));
print(fails(() => a._callmethod("secret")).includes("\\nKeyError: 'secret'\\n"));
const results = queue.Queue();
function other(proxy) { results.put(proxy.add(1)); }
const t = threading.Thread({ target: other, args: [a] });
t.start();
t.join();
print(results.get());
const wrong = new M(m.address, bytes("wrong"));
print(fails(() => wrong.connect()));
m.get_done().put({ the: "end" });
`,
      { args: [await python.line()] },
    );
    expect(result.stderr).toBe("");
    expect(result.stdout.split("\n")).toEqual([
      "AssertionError: server not yet started",
      "{'hello': [1, 2.5, None, b'b']} (1, 'two') 0",
      "Empty:  Empty: ",
      "5 11 <Account 11> True",
      "ValueError: ('no', 1)",
      expect.stringContaining("'Unserializable message: Traceback (most recent call last):'"),
      "1 11 7",
      "True",
      "12",
      "AuthenticationError: digest sent was rejected",
      "",
    ]);
    expect(await python.line()).toBe("{'the': 'end'}");
  });

  test("CPython's manager uses the objects of our server", async () => {
    const client = `${PYTHON}
class M(BaseManager): pass
M.register('get_queue')
M.register('Account')
M.register('Child')
M.register('get_dict')
M.register('get_done')
m = M(('127.0.0.1', int(sys.argv[1])), b'secret')
m.connect()
q = m.get_queue()
print(q.get(), q.get(timeout=5))
print(fails(lambda: q.get(block=False)), q.qsize())
a = m.Account()
print(a.add(5), a.add(2, 3), str(a))
print(fails(a.fail))
print(fails(a.itself).splitlines()[1][:80])
child = a.child()
print(child.add(1), a.add(0))
print("\\nKeyError: 'secret'\\n" in fails(lambda: a._callmethod('secret')))
d = m.get_dict()
d.update({'x': (1, b'2')})
d['y'] = None
print(sorted(d.keys()), d.get('x'), len(d), str(d))
print(m._debug_info().count('refcount='))
print(fails(lambda: M(m.address, b'wrong').connect()))
m.get_done().put('done')
`;
    const result = await runPort(
      `${HEAD}
import { spawn } from "node:child_process";
const shared = queue.Queue();
const items = dict();
class M extends BaseManager {}
M.register("get_queue", { callable: () => shared });
const done = queue.Queue();
M.register("get_done", { callable: () => done });
M.register("get_dict", { callable: () => items, exposed: ["update", "keys", "get", "__len__", "__setitem__"] });
M.register("Account", { callable: () => new Account(), method_to_typeid: { child: "Child" } });
M.register("Child");
const m = new M(tuple(["127.0.0.1", 0]), bytes("secret"));
m.start();
m.get_queue().put(dict({ hello: [1, 2.5, null, bytes("b")] }));
m.get_queue().put(tuple([1, "two"]));
spawn("python3", ["-u", "-c", ${JSON.stringify(client)}, String(m.address[1])], { stdio: "inherit" });
print(m.get_done().get());
print(str(m.get_dict()), shared.qsize(), items);
m.shutdown();
print(m._process.exitcode);
`,
    );
    expect(result.stderr).toBe("");
    expect(result.stdout.split("\n")).toEqual([
      "{'hello': [1, 2.5, None, b'b']} (1, 'two')",
      "Empty:  0",
      "5 11 <Account 11>",
      "ValueError: ('no', 1)",
      expect.stringContaining("Unserializable message: PicklingError: Can't pickle <class '__main__.Account'>"),
      "1 11",
      "True",
      "['x', 'y'] (1, b'2') 2 {'x': (1, b'2'), 'y': None}",
      expect.stringMatching(/^\d+$/),
      "AuthenticationError: digest sent was rejected",
      "done",
      "{'x': (1, b'2'), 'y': None} 0 {}",
      "0",
      "",
    ]);
  });
});

test("a manager is started, shut down and started anew at the same address", async () => {
  const result = await runPort(`${HEAD}
const shared = queue.Queue();
class M extends BaseManager {}
M.register("get_queue", { callable: () => shared });
const first = new M(tuple(["127.0.0.1", 0]), bytes("secret"));
print(fails(() => first.start({ initializer: 1 as any })));
let began = 0;
first.start({ initializer: (n) => { began += n; print("in", first._process, "it is", began); }, initargs: [2] });
print(began, fails(() => first.start()), fails(() => first.get_server()));
first.get_queue().put("lost");
first.shutdown();
shared.put("kept");
print(fails(() => first.start()), fails(() => first.connect()));
with_(new M(first.address, bytes("secret")), (m) => {
  print(m.get_queue().get({ timeout: 5 }), m._number_of_objects(), m.get_queue().nobody === undefined);
});
print(fails(() => new M(first.address, "text" as any)));
`);
  expect(result.stderr).toBe("");
  expect(result.stdout.split("\n")).toEqual([
    "TypeError: initializer must be a callable",
    "in None it is 2",
    "0 ProcessError: Already started server ProcessError: Already started server",
    "ProcessError: Manager has shut down ConnectionRefusedError: [Errno 111] Connection refused",
    "kept 1 True",
    "TypeError: string argument without an encoding",
    "",
  ]);
});

test("whoever asks a method for an iterator is told at once that its server keeps it", async () => {
  const { stdout, stderr } = await runPort(`${HEAD}
class Box extends object {
  numbers() { return [1, 2][Symbol.iterator](); }
  count() { return 2; }
}
class M extends BaseManager {}
M.register("Numbers");
M.register("Box", { callable: Box, method_to_typeid: { numbers: "Numbers" } });
with_(new M(tuple(["127.0.0.1", 0]), bytes("secret")), (m) => {
  const box = m.Box();
  print(fails(() => box.numbers()).includes("TypeError: a method cannot give an iterator to a client"), box.count());
});
`);
  expect({ stdout, stderr }).toEqual({ stdout: "True 2\n", stderr: "" });
});

test("references of proxies that nobody has any more are given back while the program goes on", async () => {
  const { stdout, stderr } = await runPort(`${HEAD}
class M extends BaseManager {}
M.register("Account", Account);
function makes(m) { let n = 0; for (const _ of range(30)) n += m.Account().add(1); return n; }
with_(new M(), (m) => {
  const kept = m.Account();
  print(makes(m), kept.add(5));
  // Large arrays make the host collect its garbage.
  while (m._number_of_objects() > 10) { const large = []; for (const _ of range(9)) large.append(new Float64Array(1 << 20)); }
  print(kept.add(5));
});
`);
  expect({ stdout, stderr }).toEqual({ stdout: "30 5\n10\n", stderr: "" });
});
