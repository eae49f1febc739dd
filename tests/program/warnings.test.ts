// warnings in programs, as CPython prints them.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf, runCli, runPort } from "./run";

const PROGRAM = `import { warnings, threading } from "pythreads";
import { print, with_, len, repr, DeprecationWarning, UserWarning, ResourceWarning } from "pythreads/builtins";
function old() { warnings.warn("old is old", DeprecationWarning, 2); }
for (const _ of [1, 2]) warnings.warn("hello");
old();
warnings.warn("unseen", ResourceWarning);
with_(warnings.catch_warnings({ record: true }), (w) => {
  warnings.simplefilter("always");
  const t = threading.Thread({ target: old });
  t.start(); t.join();
  warnings.warn("again");
  print(len(w), w[0].category === DeprecationWarning, repr(w[1].message), w[1].lineno);
});
with_(warnings.catch_warnings(), () => {
  warnings.simplefilter("error");
  try { warnings.warn("strict"); } catch (e) { print(repr(e)); }
  warnings.filterwarnings("ignore", { message: "str.*" });
  warnings.warn("strict");
});
for (const f of [() => warnings.warn("x", len as any), () => warnings.simplefilter("bad" as any)]) {
  try { f(); } catch (e) { print(repr(e)); }
}
`;

test("a warning is told once for each line, on stderr, as the filters say", async () => {
  const { stdout, stderr, code } = await runPort(PROGRAM);
  expect(code).toBe(0);
  expect(stderr.replace(/^.*port\.ts:/gm, "port.ts:")).toBe(
    `port.ts:4: UserWarning: hello
  for (const _ of [1, 2]) warnings.warn("hello");
port.ts:5: DeprecationWarning: old is old
  old();
`,
  );
  expect(stdout).toBe(`2 True UserWarning('again') 11
UserWarning('strict')
TypeError("category must be a Warning subclass, not 'builtin_function_or_method'")
AssertionError("invalid action: 'bad'")
`);
});

/** The same program in both languages, line for line. */
const OLD_PORT = `import { threading } from "pythreads";
import { current } from "./helper";
const t = threading.currentThread();
t.getName(), t.isDaemon();
for (const _ of [1, 2]) threading.activeCount();
const cond = threading.Condition(), event = threading.Event();
cond.acquire(); cond.notifyAll(); cond.release();
const u = threading.Thread({ target: () => event.isSet() });
u.setName("x"); u.setDaemon(true);
u.start(); u.join();
current();
const v = threading.Thread({ target: threading.currentThread });
v.start(); v.join();
event.isSet();
`;
const OLD_PYTHON = `import threading
from helper import current
t = threading.currentThread()
t.getName(), t.isDaemon()
for _ in [1, 2]: threading.activeCount()
cond = threading.Condition(); event = threading.Event()
cond.acquire(); cond.notifyAll(); cond.release()
u = threading.Thread(target=lambda: event.isSet())
u.setName("x"); u.setDaemon(True)
u.start(); u.join()
current()
v = threading.Thread(target=threading.currentThread)
v.start(); v.join()
event.isSet()
`;

test("deprecated names warn as CPython's: in the main module, at their line, once", async () => {
  const folder = folderOf({
    "port.ts": OLD_PORT,
    "helper.ts": `import { threading } from "pythreads";\nexport function current() { return threading.currentThread(); }\n`,
    "port.py": OLD_PYTHON,
    "helper.py": "import threading\ndef current(): return threading.currentThread()\n",
  });
  const { stderr, code } = await runCli(["run", join(folder, "port.ts")]);
  const python = spawnSync("python3", [join(folder, "port.py")], { encoding: "utf8" });
  const told = (text: string) => text.match(/\d+: \w+Warning: .*/g);
  expect(code).toBe(0);
  expect(told(stderr)).toEqual(told(python.stderr));
  expect(told(stderr)).toHaveLength(9);
  expect(stderr).toContain(
    "port.ts:14: DeprecationWarning: isSet() is deprecated, use is_set() instead\n  event.isSet();\n",
  );
});

test("a filter makes errors of deprecated names, before anything is done", async () => {
  const { stdout } = await runPort(`import { threading, warnings } from "pythreads";
import { print } from "pythreads/builtins";
const t = threading.Thread({ name: "before" });
warnings.simplefilter("error");
try { t.setName("after"); } catch (e) { print(e.message, t.name); }
warnings.simplefilter("ignore");
t.setName("after");
print(t.name);
`);
  expect(stdout).toBe("setName() is deprecated, set the name attribute instead before\nafter\n");
});
