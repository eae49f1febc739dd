// The cases of _test_multiprocessing.py about processes: however they are started, and for threads by multiprocessing.dummy.
import { multiprocessing, os, signal, sys, threading, time } from "pythreads";
import { bytes, eq, isinstance, len, list, range, repr, str, tuple, ValueError } from "pythreads/builtins";
import * as dummy from "pythreads/multiprocessing/dummy";
import { equal, no, ok, raises, test } from "./kit";

/** Longest wait for what must come, on a busy machine. */
const LONG = 60;

function joined(p: any) {
  p.join(LONG);
  no(p.is_alive(), `whether ${repr(p)} lives`);
}
function holds(container: any, p: any): boolean {
  for (const other of container) if (other === p) return true;
  return false;
}

function sendBack(q: any, arg: any) {
  q.put(arg);
}
function tellSelf(q: any, a: any, b: any, hello: any, bye: any) {
  const current = multiprocessing.current_process();
  for (const item of [[a, b], [hello, bye], current.name, bytes(current.authkey), current.pid]) q.put(item);
}
function tellSelfAsThread(q: any, a: any, b: any, hello: any, bye: any) {
  for (const item of [[a, b], [hello, bye], threading.current_thread().name]) q.put(item);
}
function nothing() {}
function sendParent(conn: any) {
  const parent: any = multiprocessing.parent_process();
  conn.send([parent.pid, parent.name]);
}
function withGrandchild(conn: any) {
  multiprocessing.Process({ target: reportParent, args: [conn] }).start();
  time.sleep(300);
}
function reportParent(conn: any) {
  const parent: any = multiprocessing.parent_process();
  conn.send(parent.is_alive() ? "alive" : "not alive");
  parent.join({ timeout: LONG });
  conn.send(parent.is_alive() ? "alive" : "not alive");
}
function nativeId(q: any) {
  q.put(threading.main_thread().native_id);
}
function sleepLong() {
  time.sleep(1000);
}
function sleepShort() {
  time.sleep(0.01);
}
function recurse(conn: any, id: any, kind: string) {
  conn.send(id);
  if (len(id) >= 2) return;
  const mp: any = kind === "" ? dummy : multiprocessing.get_context(kind as any);
  for (let i = 0; i < 2; i++) {
    const p = mp.Process({ target: recurse, args: [conn, [...id, i], kind] });
    p.start();
    p.join();
  }
}
function waitFor(event: any) {
  event.wait(LONG);
}
function exitAfter(q: any) {
  q.get();
  sys.exit(0);
}
function leaveThreads(event: any) {
  function setsIt() {
    time.sleep(0.1);
    event.set();
  }
  function clearsIt() {
    time.sleep(100);
    event.clear();
  }
  threading.Thread({ target: setsIt }).start();
  threading.Thread({ target: clearsIt, daemon: true }).start();
}

function bind(mp: any, binding: string, kind: string) {
  const at = (name: string, body: () => void) => test(`_test_multiprocessing._TestProcess.${name}`, body, binding);
  const isThread = kind === "";

  at("test_args_argument", () => {
    for (const arg of [1, "str", list([1]), tuple([1])]) {
      for (const make of [list, tuple] as any[]) {
        const q = mp.Queue(1);
        const p = mp.Process({ target: sendBack, args: make([q, arg]) });
        p.daemon = true;
        p.start();
        ok(eq(q.get(), arg), "what came back");
        p.join();
      }
    }
  });
  at("test_process", () => {
    const q = mp.Queue(isThread ? 3 : 5);
    const kwargs = { hello: 23, bye: 2.54 };
    const target = isThread ? tellSelfAsThread : tellSelf;
    const p = mp.Process({ target, args: [q, 1, 2], kwargs, name: "SomeProcess" });
    p.daemon = true;
    const current = mp.current_process();
    if (!isThread) ok(eq(p.authkey, current.authkey));
    no(p.is_alive());
    ok(p.daemon);
    no(holds(mp.active_children(), p));
    ok(isinstance(mp.active_children(), list));
    equal(p.exitcode, null);
    p.start();
    if (!isThread) ok(p.exitcode === null || p.exitcode === 0);
    equal(q.get(), [1, 2]);
    equal(q.get(), [23, 2.54]);
    equal(q.get(), p.name);
    if (!isThread) {
      ok(eq(q.get(), current.authkey));
      equal(q.get(), p.pid);
    }
    p.join();
    equal(p.exitcode, 0);
    no(p.is_alive());
    no(holds(mp.active_children(), p));
  });
  at("test_active_children", () => {
    ok(isinstance(mp.active_children(), list));
    const event = mp.Event();
    const p = mp.Process({ target: waitFor, args: [event] });
    no(holds(mp.active_children(), p));
    p.daemon = true;
    p.start();
    ok(holds(mp.active_children(), p));
    event.set();
    p.join();
    no(holds(mp.active_children(), p));
  });
  at("test_recursion", () => {
    const [reader, writer] = mp.Pipe({ duplex: false });
    recurse(writer, [], kind);
    const result: string[] = [];
    while (reader.poll()) result.push(str([...reader.recv()]));
    equal(result, ["[]", "[0]", "[0, 0]", "[0, 1]", "[1]", "[1, 0]", "[1, 1]"]);
  });
  at("test_cpu_count", () => {
    ok(Number.isInteger(multiprocessing.cpu_count()));
    ok(multiprocessing.cpu_count() >= 1);
  });
  if (isThread) return;

  at("test_current", () => {
    const current = mp.current_process();
    ok(current.is_alive());
    no(current.daemon);
    ok(isinstance(current.authkey, bytes));
    ok(len(current.authkey) > 0);
    equal(current.ident, os.getpid());
    equal(current.exitcode, null);
  });
  at("test_daemon_argument", () => {
    equal(mp.Process({ target: nothing }).daemon, mp.current_process().daemon);
    ok(mp.Process({ target: nothing, daemon: true }).daemon);
    no(mp.Process({ target: nothing, daemon: false }).daemon);
  });
  at("test_parent_process_attributes", () => {
    equal(mp.parent_process(), null);
    const [reader, writer] = mp.Pipe({ duplex: false });
    const p = mp.Process({ target: sendParent, args: [writer] });
    p.start();
    p.join();
    equal(reader.recv(), [os.getpid(), mp.current_process().name]);
    equal(mp.current_process().pid, os.getpid());
  });
  at("test_parent_process", () => {
    const [reader, writer] = mp.Pipe({ duplex: false });
    const p = mp.Process({ target: withGrandchild, args: [writer] });
    p.start();
    ok(reader.poll({ timeout: LONG }));
    equal(reader.recv(), "alive");
    p.terminate();
    p.join();
    ok(reader.poll({ timeout: LONG }));
    equal(reader.recv(), "not alive");
  });
  at("test_process_mainthread_native_id", () => {
    const q = mp.Queue(1);
    const p = mp.Process({ target: nativeId, args: [q] });
    p.start();
    no(q.get() === threading.main_thread().native_id);
    p.join();
  });

  const killed = (name: string, signum: number, kill: (p: any) => void) =>
    at(name, () => {
      const p = mp.Process({ target: sleepLong });
      p.daemon = true;
      p.start();
      ok(p.is_alive());
      ok(holds(mp.active_children(), p));
      equal(p.exitcode, null);
      for (const timeout of [0, -1]) {
        equal(p.join(timeout), null);
        ok(p.is_alive());
      }
      kill(p);
      equal(p.join(), null);
      no(p.is_alive());
      no(holds(mp.active_children(), p));
      p.join();
      equal(p.exitcode, -signum);
    });
  killed("test_terminate", signal.SIGTERM, (p) => p.terminate());
  killed("test_kill", signal.SIGKILL, (p) => p.kill());

  at("test_sentinel", () => {
    const event = mp.Event();
    const p = mp.Process({ target: waitFor, args: [event] });
    raises(ValueError, () => p.sentinel, "process not started");
    p.start();
    const sentinel = p.sentinel;
    ok(Number.isInteger(sentinel));
    equal([...multiprocessing.connection.wait([sentinel], 0)], []);
    event.set();
    p.join();
    equal([...multiprocessing.connection.wait([sentinel], LONG)], [sentinel]);
  });
  at("test_close", () => {
    const q = mp.Queue();
    const p = mp.Process({ target: exitAfter, kwargs: { q: q } });
    p.daemon = true;
    p.start();
    ok(p.is_alive());
    raises(ValueError, () => p.close());
    q.put(null);
    p.join();
    no(p.is_alive());
    equal(p.exitcode, 0);
    p.close();
    for (const use of [() => p.is_alive(), () => p.join(), () => p.terminate(), () => p.kill(), () => p.exitcode]) {
      raises(ValueError, use, "process object is closed");
    }
    p.close();
  });
  at("test_many_processes", () => {
    const many = () => [...range(kind === "fork" ? 30 : 5)];
    const short = many().map(() => mp.Process({ target: sleepShort }));
    for (const p of short) p.start();
    for (const p of short) joined(p);
    for (const p of short) equal(p.exitcode, 0);
    const endless = many().map(() => mp.Process({ target: sleepLong }));
    for (const p of endless) p.start();
    for (const p of endless) p.terminate();
    for (const p of endless) joined(p);
    for (const p of endless) equal(p.exitcode, -signal.SIGTERM);
  });
  at("test_wait_for_threads", () => {
    const event = mp.Event();
    const p = mp.Process({ target: leaveThreads, args: [event] });
    p.start();
    p.join();
    ok(event.is_set());
  });
}

if (__name__ === "__main__") {
  bind(multiprocessing, "WithProcessesTestProcess", "fork");
  bind(multiprocessing.get_context("spawn"), "WithSpawnedProcessesTestProcess", "spawn");
  bind(dummy, "WithThreadsTestProcess", "");
}
