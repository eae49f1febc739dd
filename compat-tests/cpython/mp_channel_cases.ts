// The cases of _test_multiprocessing.py for queues, pipes and waiting for several of them, between processes; those of queues
// between threads too, by multiprocessing.dummy.
import { multiprocessing, queue, threading, time } from "pythreads";
import {
  bytearray,
  bytes,
  EOFError,
  isinstance,
  list,
  OSError,
  range,
  sorted,
  str,
  TypeError,
  ValueError,
  with_,
} from "pythreads/builtins";
import * as dummy from "pythreads/multiprocessing/dummy";
import { equal, fail, matches, no, ok, raises, test, tookAbout, until } from "./kit";

/** How long waits last that are to end without success. */
const SHORT = 0.1;

function timed(body: () => unknown): number {
  const start = time.monotonic();
  body();
  return time.monotonic() - start;
}
function started(mp: any, target: any, args: any[]): any {
  const p = mp.Process({ target, args });
  p.daemon = true;
  p.start();
  return p;
}

function bindQueues(mp: any, kind: string) {
  const isProcesses = kind === "Processes";
  const at = (name: string, body: () => void) =>
    test(`_test_multiprocessing._TestQueue.${name}`, body, `With${kind}TestQueue`);

  at("test_put", () => {
    const q = mp.Queue({ maxsize: 6 });
    const start = mp.Event();
    const done = mp.Event();
    const p = started(mp, drain, [q, start, done]);
    ok(q.empty());
    no(q.full());
    q.put(1);
    q.put(2, true);
    q.put(3, true, null);
    q.put(4, false);
    q.put(5, false, null);
    q.put_nowait(6);
    ok(q.full());
    for (const put of [() => q.put(7, false), () => q.put(7, false, null), () => q.put_nowait(7)]) {
      ok(timed(() => raises(queue.Full, put)) < 1);
    }
    tookAbout(
      timed(() => raises(queue.Full, () => q.put(7, true, SHORT))),
      SHORT,
    );
    ok(timed(() => raises(queue.Full, () => q.put(7, false, 20))) < 1);
    tookAbout(
      timed(() => raises(queue.Full, () => q.put(7, { timeout: SHORT }))),
      SHORT,
    );
    start.set();
    done.wait();
    ok(q.empty());
    no(q.full());
    p.join();
  });
  at("test_get", () => {
    const q = mp.Queue();
    const start = mp.Event();
    const done = mp.Event();
    const p = started(mp, fill, [q, start, done]);
    ok(q.empty());
    start.set();
    done.wait();
    no(q.empty());
    equal(q.get(true, null), 2);
    equal(q.get(true), 3);
    equal(q.get({ timeout: 20 }), 4);
    equal(q.get_nowait(), 5);
    ok(q.empty());
    ok(timed(() => raises(queue.Empty, () => q.get(false))) < 1);
    ok(timed(() => raises(queue.Empty, () => q.get(false, null))) < 1);
    ok(timed(() => raises(queue.Empty, () => q.get_nowait())) < 1);
    tookAbout(
      timed(() => raises(queue.Empty, () => q.get(true, SHORT))),
      SHORT,
    );
    ok(timed(() => raises(queue.Empty, () => q.get(false, 20))) < 1);
    tookAbout(
      timed(() => raises(queue.Empty, () => q.get({ timeout: SHORT }))),
      SHORT,
    );
    p.join();
  });
  at("test_fork", () => {
    const q = mp.Queue();
    for (const i of range(10)) q.put(i);
    const p = started(mp, tenMore, [q]);
    for (const i of range(20)) equal(q.get(), i);
    raises(queue.Empty, () => q.get(false));
    p.join();
  });
  at("test_qsize", () => {
    const q = mp.Queue();
    equal(q.qsize(), 0);
    q.put(1);
    equal(q.qsize(), 1);
    q.put(5);
    equal(q.qsize(), 2);
    q.get();
    q.get();
    equal(q.qsize(), 0);
  });
  at("test_task_done", () => {
    const q = mp.JoinableQueue();
    const workers: any[] = [];
    for (let i = 0; i < 4; i++) workers.push(started(mp, acknowledge, [q]));
    for (const i of range(10)) q.put(i);
    q.join();
    for (let i = 0; i < 4; i++) q.put(null);
    for (const p of workers) p.join();
  });
  at("test_timeout", () => {
    const q = mp.Queue();
    tookAbout(
      timed(() => raises(queue.Empty, () => q.get({ timeout: SHORT }))),
      SHORT,
    );
  });
  if (!isProcesses) return;
  at("test_queue_feeder_donot_stop_onexc", () => {
    // The error comes from put itself; CPython's feeder thread prints it.
    const q = mp.Queue();
    raises(TypeError, () => q.put(threading.Lock()), "cannot pickle '_thread.lock' object");
    q.put(true);
    ok(q.get({ timeout: 20 }));
    ok(q.empty());
    q.close();
    q.join_thread();
  });
  at("test_closed_queue_put_get_exceptions", () => {
    for (const q of [mp.Queue(), mp.JoinableQueue()]) {
      q.close();
      matches(str(raises(ValueError, () => q.put("foo"))), /is closed$/);
      matches(str(raises(ValueError, () => q.get())), /is closed$/);
    }
  });
}

function drain(q: any, start: any, done: any) {
  start.wait();
  for (let i = 0; i < 6; i++) q.get();
  done.set();
}
function fill(q: any, start: any, done: any) {
  start.wait();
  for (let i = 2; i < 6; i++) q.put(i);
  done.set();
}
function tenMore(q: any) {
  for (let i = 10; i < 20; i++) q.put(i);
}
function acknowledge(q: any) {
  while (q.get() !== null) q.task_done();
}

function connections() {
  const at = (cls: string, name: string, body: () => void) => test(`_test_multiprocessing.${cls}.${name}`, body);
  const mp: any = multiprocessing;

  at("_TestConnection", "test_connection", () => {
    const [conn, child] = mp.Pipe();
    const p = started(mp, echo, [child]);
    const message = bytes("hello world");
    equal(conn.send([1, 2.25, null]), null);
    equal(conn.recv(), [1, 2.25, null]);
    conn.send_bytes(message);
    equal([...conn.recv_bytes()], [...message]);
    const buffer = bytearray(20);
    conn.send_bytes(message);
    equal(conn.recv_bytes_into(buffer), 11);
    conn.send_bytes(message);
    equal(conn.recv_bytes_into(buffer, 5), 11);
    equal([...buffer], [...bytes("hellohello world\0\0\0\0")]);
    const longest = bytes(1000);
    conn.send_bytes(longest);
    const error: any = raises(mp.BufferTooShort, () => conn.recv_bytes_into(bytearray(10)));
    equal([...error.args[0]], [...longest]);
    no(conn.poll());
    ok(timed(() => no(conn.poll(-1))) < 1);
    tookAbout(
      timed(() => no(conn.poll(SHORT))),
      SHORT,
    );
    conn.send(null);
    ok(conn.poll(20));
    equal(conn.recv(), null);
    const large = bytes(1000000);
    conn.send_bytes(large);
    equal(conn.recv_bytes().length, 1000000);
    conn.send_bytes(SENTINEL);
    child.close();
    ok(conn.readable);
    ok(conn.writable);
    raises(EOFError, () => conn.recv());
    raises(EOFError, () => conn.recv_bytes());
    p.join();
  });
  at("_TestConnection", "test_duplex_false", () => {
    const [reader, writer] = mp.Pipe({ duplex: false });
    writer.send(1);
    equal(reader.recv(), 1);
    equal([reader.readable, reader.writable, writer.readable, writer.writable], [true, false, false, true]);
    raises(OSError, () => reader.send(2));
    raises(OSError, () => writer.recv());
    raises(OSError, () => writer.poll());
  });
  at("_TestConnection", "test_spawn_close", () => {
    const [conn, child] = mp.Pipe();
    const p = started(mp, echo, [child]);
    child.close();
    conn.send_bytes(bytes("hello"));
    equal([...conn.recv_bytes()], [...bytes("hello")]);
    conn.send_bytes(SENTINEL);
    conn.close();
    p.join();
  });
  at("_TestConnection", "test_sendbytes", () => {
    const message = bytes("abcdefghijklmnopqrstuvwxyz");
    const [a, b] = mp.Pipe();
    const sent = (...args: any[]) => {
      a.send_bytes(message, ...args);
      return String.fromCharCode(...b.recv_bytes());
    };
    equal(sent(), "abcdefghijklmnopqrstuvwxyz");
    equal(sent(5), "fghijklmnopqrstuvwxyz");
    equal(sent(7, 8), "hijklmno");
    equal(sent(26), "");
    equal(sent(26, 0), "");
    for (const args of [[27], [22, 5], [26, 1], [-1], [4, -1]])
      raises(ValueError, () => a.send_bytes(message, ...args));
  });
  at("_TestConnection", "test_context", () => {
    const [a, b] = mp.Pipe();
    with_(a, () => {
      with_(b, () => {
        a.send(1729);
        equal(b.recv(), 1729);
        no(a.closed);
      });
    });
    ok(a.closed);
    ok(b.closed);
    raises(OSError, () => a.recv());
    raises(OSError, () => b.recv());
  });

  at("_TestPoll", "test_empty_string", () => {
    const [a, b] = mp.Pipe();
    no(a.poll());
    b.send_bytes(bytes(""));
    ok(a.poll());
    ok(a.poll());
  });
  at("_TestPoll", "test_strings", () => {
    const [a, b] = mp.Pipe();
    const p = started(mp, sendStrings, [b]);
    for (const text of STRINGS) {
      ok(a.poll(20));
      equal(String.fromCharCode(...a.recv_bytes()), text);
    }
    p.join();
  });
  at("_TestPoll", "test_boundaries", () => {
    const [a, b] = mp.Pipe(false);
    const p = started(mp, sendBoundaries, [b]);
    until(() => a.poll());
    const event = mp.Event();
    const reader = started(mp, pollOnly, [a, event]);
    until(() => event.is_set());
    equal(String.fromCharCode(...a.recv_bytes()), "first");
    equal(String.fromCharCode(...a.recv_bytes()), "second");
    p.join();
    reader.join();
  });
  at("_TestPoll", "test_dont_merge", () => {
    const [a, b] = mp.Pipe();
    no(a.poll(0));
    no(b.poll(0));
    const p = started(mp, answer, [b]);
    for (const [given, wanted] of [
      ["hello", null],
      ["yo", "a"],
      ["bye", "b"],
    ]) {
      a.send_bytes(bytes(given));
      ok(a.poll(20));
      equal(String.fromCharCode(...a.recv_bytes()), wanted ?? "got hello");
      no(a.poll(0));
    }
    p.join();
  });

  const waits = (slow: boolean) => {
    const readers: any = list();
    const processes: any[] = [];
    for (let i = 0; i < 4; i++) {
      const [r, w] = mp.Pipe(false);
      readers.append(r);
      processes.push(started(mp, tenMessages, [w, slow]));
      w.close();
    }
    const messages: any = list();
    while (readers.length > 0) {
      for (const r of mp.connection.wait(readers)) {
        try {
          messages.append(r.recv());
        } catch (e) {
          if (!isinstance(e, EOFError)) throw e;
          readers.remove(r);
          r.close();
        }
      }
    }
    for (const p of processes) p.join();
    const wanted: string[] = [];
    for (const p of processes) for (let i = 0; i < 10; i++) wanted.push(`${i} ${p.pid}`);
    equal(sorted(messages), sorted(wanted));
  };
  at("TestWait", "test_wait", () => waits(false));
  at("TestWait", "test_wait_slow", () => waits(true));
  at("TestWait", "test_wait_timeout", () => {
    const [a, b] = mp.Pipe();
    tookAbout(
      timed(() => equal(mp.connection.wait([a, b], SHORT).length, 0)),
      SHORT,
    );
    b.send(null);
    ok(timed(() => ok(mp.connection.wait([a, b], 20)[0] === a)) < 5);
  });
  at("TestWait", "test_wait_integer", () => {
    const [a, b] = mp.Pipe();
    const p = started(mp, sleepShort, []);
    ok(mp.connection.wait([a, p.sentinel, b], 20)[0] === p.sentinel);
    p.join();
    a.send(null);
    equal([...mp.connection.wait([a, p.sentinel, b], 20)].length, 2);
    b.send(null);
    equal([...mp.connection.wait([a, p.sentinel, b], 20)].length, 3);
  });
  at("TestWait", "test_neg_timeout", () => {
    const [a, b] = mp.Pipe();
    ok(timed(() => equal(mp.connection.wait([a], { timeout: -1 }).length, 0)) < 5);
    b.close();
  });

  at("_TestPicklingConnections", "test_access", () => {
    const [conn, childConn] = mp.Pipe();
    const p = started(mp, useReceived, [childConn]);
    childConn.close();
    let [r, w] = mp.Pipe(false);
    conn.send(w);
    w.close();
    equal(r.recv(), "all is well");
    r.close();
    [r, w] = mp.Pipe(false);
    conn.send(r);
    r.close();
    w.send("foobar");
    w.close();
    equal(conn.recv(), "foobarfoobar");
    p.join();
  });
  at("TestSimpleQueue", "test_empty", () => {
    const q = mp.SimpleQueue();
    const go = mp.Event();
    const done = mp.Event();
    const p = started(mp, putTwo, [q, go, done]);
    ok(q.empty());
    go.set();
    done.wait();
    no(q.empty());
    ok(q.get());
    no(q.get());
    ok(q.empty());
    p.join();
  });
  test("_test_multiprocessing (3.13)._TestQueue.test_closed_queue_empty_exceptions", () => {
    for (const q of [mp.Queue(), mp.JoinableQueue()]) {
      q.close();
      ok(q.empty());
    }
    for (const q of [mp.Queue(), mp.JoinableQueue()]) {
      q.put("foo");
      q.close();
      q.join_thread();
      raises(OSError, () => q.empty(), "handle is closed");
    }
  });
  test("_test_multiprocessing (3.13).TestSimpleQueue.test_empty_exceptions", () => {
    const q = mp.SimpleQueue();
    q.close();
    raises(OSError, () => q.empty(), "handle is closed");
  });
  at("TestSimpleQueue", "test_close", () => {
    const q = mp.SimpleQueue();
    q.close();
    q.close();
  });
  at("TestSimpleQueue", "test_closed", () => {
    const q = mp.SimpleQueue();
    q.close();
    ok(q._reader.closed);
    ok(q._writer.closed);
  });
}

const SENTINEL = bytes("");
const STRINGS = ["hello", "", "a", "b", "", "bye", "", "lop"];

function echo(conn: any) {
  while (true) {
    const message = conn.recv_bytes();
    if (message.length === 0) break;
    conn.send_bytes(message);
  }
  conn.close();
}
function sendStrings(conn: any) {
  for (const text of ["hello", "", "a", "b", "", "bye", "", "lop"]) conn.send_bytes(bytes(text));
  conn.close();
}
function sendBoundaries(conn: any) {
  conn.send_bytes(bytes("first"));
  conn.send_bytes(bytes("second"));
}
function pollOnly(conn: any, event: any) {
  if (!conn.poll(20)) fail("there is something to read");
  event.set();
}
function answer(conn: any) {
  conn.recv_bytes();
  conn.send_bytes(bytes("got hello"));
  for (const text of ["a", "b"]) {
    conn.recv_bytes();
    conn.send_bytes(bytes(text));
  }
}
function tenMessages(w: any, slow: any) {
  for (let i = 0; i < 10; i++) {
    if (slow) time.sleep(0.005 * (i % 3));
    w.send(`${i} ${multiprocessing.current_process().pid}`);
  }
  w.close();
}
function sleepShort() {
  time.sleep(SHORT);
}
function useReceived(conn: any) {
  const w = conn.recv();
  w.send("all is well");
  w.close();
  const r = conn.recv();
  const message = r.recv();
  conn.send(message + message);
  conn.close();
}
function putTwo(q: any, go: any, done: any) {
  go.wait();
  q.put(true);
  q.put(false);
  done.set();
}

if (__name__ === "__main__") {
  bindQueues(multiprocessing, "Processes");
  bindQueues(dummy, "Threads");
  connections();
}
