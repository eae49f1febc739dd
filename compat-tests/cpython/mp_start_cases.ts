// The cases of _test_multiprocessing.py about how processes are started and end: subclasses, exit codes, start methods.
import { atexit, multiprocessing, queue, sys } from "pythreads";
import { isinstance, len, list, range, repr, str, type, ValueError, ZeroDivisionError } from "pythreads/builtins";
import * as dummy from "pythreads/multiprocessing/dummy";
import { equal, matches, ok, raises, test } from "./kit";

const at = (cls: string, name: string, body: () => void, binding = "") =>
  test(`_test_multiprocessing.${cls}.${name}`, body, binding);

/** Longest wait for what must come, on a busy machine. */
const LONG = 60;

class UpperCaser extends multiprocessing.Process {
  child_conn: any;
  parent_conn: any;

  constructor() {
    super();
    [this.child_conn, this.parent_conn] = multiprocessing.Pipe();
  }

  override run() {
    this.parent_conn.close();
    while (true) {
      const s = this.child_conn.recv();
      if (s === null) break;
      this.child_conn.send(s.toUpperCase());
    }
    this.child_conn.close();
  }

  submit(s: string) {
    this.parent_conn.send(s);
    return this.parent_conn.recv();
  }

  stop() {
    this.parent_conn.send(null);
    this.parent_conn.close();
    this.child_conn.close();
  }
}

/** Stands for stderr: what is written is sent. */
class Sender {
  conn: any;

  constructor(conn: any) {
    this.conn = conn;
  }

  write(text: string) {
    this.conn.send(text);
    return len(text);
  }

  flush() {}
}

function failWith(conn: any) {
  (sys as any).stderr = new Sender(conn);
  throw ZeroDivisionError("division by zero"); // MARKER
}
function exitWith(reason: any, conn: any) {
  (sys as any).stderr = new Sender(conn);
  sys.exit(reason);
}
/** All that a process writes to its stderr, and its exit code. */
function stderrOf(mp: any, target: any, ...args: any[]): [string, number] {
  const [reader, writer] = mp.Pipe({ duplex: false });
  const p = mp.Process({ target, args: [...args, writer], daemon: true });
  p.start();
  writer.close();
  const texts: string[] = [];
  while (reader.poll(LONG)) {
    try {
      texts.push(reader.recv());
    } catch {
      break; // the end
    }
  }
  p.join();
  return [texts.join(""), p.exitcode];
}

function subclassing(mp: any, binding: string) {
  at(
    "_TestSubclassingProcess",
    "test_stderr_flush",
    () => {
      const [text, code] = stderrOf(mp, failWith);
      equal(code, 1);
      matches(text, /^Process \w+-\d+(:\d+)*:\nTraceback \(most recent call last\):\n/);
      matches(text, /mp_start_cases\.ts", line \d+, in failWith/);
      matches(text, /throw ZeroDivisionError\("division by zero"\); \/\/ MARKER/);
      matches(text, /ZeroDivisionError: division by zero\n$/);
    },
    binding,
  );
  at(
    "_TestSubclassingProcess",
    "test_sys_exit",
    () => {
      for (const reason of [list([1, 2, 3]), "ignore this"]) {
        const [text, code] = stderrOf(mp, exitWith, reason);
        equal(code, 1);
        equal(text, `${str(reason)}\n`);
      }
      for (const [args, expected] of [
        [[true], 1],
        [[false], 0],
        [[8], 8],
        [[null], 0],
        [[], 0],
      ] as any) {
        const p = mp.Process({ target: sys.exit, args });
        p.daemon = true;
        p.start();
        p.join();
        equal(p.exitcode, expected);
      }
    },
    binding,
  );
}

function sendAtExit(conn: any) {
  atexit.register(() => conn.send("deadbeef"));
}
function sendLevel(conn: any) {
  conn.send(multiprocessing.get_logger().getEffectiveLevel());
}
function sendMethod(conn: any) {
  conn.send(multiprocessing.get_start_method());
}
function checkContext(ctx: any) {
  const [r, w] = ctx.Pipe({ duplex: false });
  const p = ctx.Process({ target: sendMethod, args: [w] });
  p.start();
  w.close();
  equal(r.recv(), ctx.get_start_method());
  r.close();
  p.join();
}
function putOne(q: any) {
  q.put(1);
}
function putTwoAndNest(q: any) {
  q.put(2);
  const p = multiprocessing.Process({ target: putOne, args: [q] });
  p.start();
  p.join();
}
function takeFrom(q: any) {
  try {
    q.get({ block: false });
  } catch (e) {
    if (!isinstance(e, queue.Empty)) throw e;
  }
}
function queueInProcess() {
  const q = multiprocessing.Queue();
  const p = multiprocessing.Process({ target: takeFrom, args: [q] });
  p.daemon = true;
  p.start();
  p.join();
  sys.exit(p.exitcode);
}
function square(x: number) {
  return x * x;
}
function poolInProcess() {
  const pool = multiprocessing.Pool({ processes: 4 });
  const squares = pool.map(square, list(range(1, 8)));
  pool.close();
  pool.join();
  sys.exit(len(squares));
}

/** CPython's test of exported names: those of its `__all__`, module by module. */
const NAMES: any = {
  "": `Array AuthenticationError Barrier BoundedSemaphore BufferTooShort Condition Event JoinableQueue Lock Manager Pipe
    Pool Process ProcessError Queue RLock RawArray RawValue Semaphore SimpleQueue TimeoutError Value active_children
    allow_connection_pickling cpu_count current_process freeze_support get_all_start_methods get_context get_logger
    get_start_method log_to_stderr parent_process reducer set_executable set_forkserver_preload set_start_method`,
  pool: "Pool ThreadPool",
  managers: "BaseManager SyncManager BaseProxy Token SharedMemoryManager",
  connection: "Client Listener Pipe wait",
  shared_memory: "SharedMemory ShareableList",
  sharedctypes: "RawValue RawArray Value Array copy synchronized",
  synchronize: "Lock RLock Semaphore BoundedSemaphore Condition Event",
  queues: "Queue SimpleQueue JoinableQueue",
  dummy: `Process current_process active_children freeze_support Lock RLock Semaphore BoundedSemaphore Condition Event
    Barrier Queue Manager Pipe Pool JoinableQueue`,
  process: "BaseProcess current_process active_children parent_process",
  util: "sub_debug debug info sub_warning get_logger log_to_stderr SUBDEBUG SUBWARNING",
};

if (__name__ === "__main__") {
  at("_TestSubclassingProcess", "test_subclassing", () => {
    const uppercaser = new UpperCaser();
    uppercaser.daemon = true;
    uppercaser.start();
    equal(uppercaser.submit("hello"), "HELLO");
    equal(uppercaser.submit("world"), "WORLD");
    uppercaser.stop();
    uppercaser.join();
    equal(uppercaser.exitcode, 0);
  });
  subclassing(multiprocessing, "WithProcessesTestSubclassingProcess");
  subclassing(multiprocessing.get_context("spawn"), "WithSpawnedProcessesTestSubclassingProcess");

  at("TestStartMethod", "test_context", () => {
    for (const method of ["fork", "spawn", "forkserver"] as const) {
      const ctx = multiprocessing.get_context(method);
      equal(ctx.get_start_method(), method);
      ok(ctx.get_context() === ctx);
      raises(ValueError, () => ctx.set_start_method("spawn"), "cannot set start method of concrete context");
      raises(ValueError, () => ctx.set_start_method(null));
      checkContext(ctx);
    }
  });
  at("TestStartMethod", "test_set_get", () => {
    const old = multiprocessing.get_start_method();
    for (const method of ["fork", "spawn", "forkserver"] as const) {
      multiprocessing.set_start_method(method, { force: true });
      equal(multiprocessing.get_start_method(), method);
      const ctx = multiprocessing.get_context();
      equal(ctx.get_start_method(), method);
      ok(type(ctx).__name__.toLowerCase().startsWith(method));
      ok((ctx.Process as any).__name__.toLowerCase().startsWith(method));
      checkContext(multiprocessing);
    }
    multiprocessing.set_start_method(old, { force: true });
  });
  at("TestStartMethod", "test_get_all", () => {
    equal(repr(multiprocessing.get_all_start_methods()), "['fork', 'spawn', 'forkserver']");
  });
  at("TestStartMethod", "test_nested_startmethod", () => {
    for (const method of ["fork", "spawn", "forkserver"] as const) {
      multiprocessing.set_start_method(method, { force: true });
      const q = multiprocessing.Queue();
      const p = multiprocessing.Process({ target: putTwoAndNest, args: [q] });
      p.start();
      p.join();
      equal([q.get({ timeout: LONG }), q.get({ timeout: LONG })].sort(), [1, 2]);
    }
    multiprocessing.set_start_method("fork", { force: true });
  });
  test("_test_multiprocessing (3.13)._TestAtExit.test_atexit", () => {
    for (const method of ["fork", "spawn", "forkserver"] as const) {
      const [r, w] = multiprocessing.Pipe({ duplex: false });
      const p = multiprocessing.get_context(method).Process({ target: sendAtExit, args: [w] });
      p.start();
      p.join();
      ok(r.poll(0));
      equal(r.recv(), "deadbeef");
    }
  });
  at("_TestLogging", "test_enable_logging", () => {
    const logger = multiprocessing.get_logger();
    logger.setLevel(multiprocessing.util.SUBWARNING);
    logger.debug("this will not be printed");
    logger.info("nor will this");
    logger.setLevel(0);
  });
  at("_TestLogging", "test_level", () => {
    const logger = multiprocessing.get_logger();
    for (const method of ["fork", "spawn"] as const) {
      for (const [set, wanted] of [
        [32, 32],
        [0, 30], // the root logger's
      ] as const) {
        logger.setLevel(set);
        const [r, w] = multiprocessing.Pipe({ duplex: false });
        const p = multiprocessing.get_context(method).Process({ target: sendLevel, args: [w] });
        p.start();
        equal(r.recv(), wanted);
        p.join();
        p.close();
      }
    }
  });
  at("TestStdinBadfiledescriptor", "test_queue_in_process", () => {
    const p = multiprocessing.Process({ target: queueInProcess });
    p.start();
    p.join();
    equal(p.exitcode, 0);
  });
  at("TestStdinBadfiledescriptor", "test_pool_in_process", () => {
    const p = multiprocessing.Process({ target: poolInProcess });
    p.start();
    p.join();
    equal(p.exitcode, 7);
  });
  for (const [cls, name] of [
    ["_TestImportStar", "test_import"],
    ["MiscTestCase", "test__all__"],
  ] as const) {
    at(cls, name, () => {
      const lost: string[] = [];
      for (const module of NAMES.keys()) {
        if (name === "test__all__" && module !== "") continue;
        const found: any =
          module === "" ? multiprocessing : module === "dummy" ? dummy : (multiprocessing as any)[module];
        for (const each of NAMES[module].split(/\s+/)) if (!(each in found)) lost.push(`${module}.${each}`);
      }
      equal(lost.join(" "), "");
    });
  }
}
