// What programs add to the library's objects: attributes, and classes of their own, for all threads.
import { expect, test } from "vitest";
import { runPort } from "./run";

const HEAD = `
import { _thread, queue, threading } from "pythreads";
import { AttributeError, delattr, dict, hasattr, isinstance, len, list, print, set, str, type, vars, with_ } from "pythreads/builtins";
function attempt(f: any) { try { f(); print("no error"); } catch (e) { if (isinstance(e, AttributeError)) print(str(e)); else throw e; } }
function inThread(target: any) { const t = threading.Thread({ target }); t.start(); t.join(); }
`;

async function lines(source: string): Promise<string[]> {
  const { stdout, stderr } = await runPort(HEAD + source);
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("objects that have no __dict__ in Python refuse new attributes, in CPython's words", async () => {
  const printed = await lines(`
    const objects: any[] = [threading.Lock(), threading.RLock(), queue.SimpleQueue(), [1], {}, list([1]), dict(), new Set()];
    for (const o of objects.slice(0, 7)) { attempt(() => { o.foo = 1; }); attempt(() => o.foo); attempt(() => delattr(o, "foo")); }
    function shared() { for (const o of objects.slice(0, 5)) attempt(() => { o.foo = 1; }); }
    inThread(shared);
    const lock: any = threading.Lock();
    try { lock.acquire = 1; print("no error"); } catch (e) { print(type(e).__name__, lock.acquire(false)); }`);
  const names = ["_thread.lock", "_thread.RLock", "_queue.SimpleQueue", "list", "dict", "list", "dict"];
  const text = (name: string) => `'${name}' object has no attribute 'foo'`;
  expect(printed).toEqual([
    ...names.flatMap((name) => [text(name), text(name), text(name)]),
    ...names.slice(0, 5).map(text),
    "AttributeError True",
  ]);
});

test("other objects take new attributes, before and after another thread knows them, and all threads see them", async () => {
  expect(
    await lines(`
    const q: any = queue.Queue(), event: any = threading.Event(), cond: any = threading.Condition();
    const sem: any = threading.Semaphore(), bounded: any = threading.BoundedSemaphore(), barrier: any = threading.Barrier(1);
    const timer: any = threading.Timer(0, print), thread: any = threading.Thread();
    const objects: any = [q, event, cond, sem, bounded, barrier, timer, thread];
    for (const o of objects) o.early = [o];
    function work() {
      for (const o of objects) {
        o.early.append(2);
        o.late = { by: threading.current_thread().name };
      }
      (threading.current_thread() as any).result = "done";
      (threading.main_thread() as any).seen = true;
    }
    const t: any = threading.Thread({ target: work, name: "T" });
    t.start(); t.join();
    for (const o of objects) print(type(o).__name__, o.early[0] === o, o.early[1], o.late, hasattr(o, "nothing"));
    print(t.result, (threading.main_thread() as any).seen);
    delattr(event, "late");
    print([...Object.keys(vars(event))]);
    inThread(() => attempt(() => event.late));
    event.late = "again";
    inThread(() => print(event.late));`),
  ).toEqual([
    ...["Queue", "Event", "Condition", "Semaphore", "BoundedSemaphore", "Barrier", "Timer", "Thread"].map(
      (name) => `${name} True 2 {'by': 'T'} False`,
    ),
    "done True",
    "['early']",
    "'Event' object has no attribute 'late'",
    "again",
  ]);
});

test("the first attributes of one object, set by many threads at once, are all there", async () => {
  expect(
    await lines(
      `
    const go = threading.Barrier(4);
    const rounds: any = [];
    for (let i = 0; i < 50; i++) rounds.append(threading.Event());
    function work(me: any) {
      for (const event of rounds) { go.wait(); event["__setattr__"]; (event as any)[\`by\${me}\`] = me; }
    }
    const threads = [0, 1, 2, 3].map((me) => threading.Thread({ target: work, args: [me] }));
    for (const t of threads) t.start();
    for (const t of threads) t.join();
    let bad = 0;
    for (const event of rounds as any) for (const me of [0, 1, 2, 3]) if (event[\`by\${me}\`] !== me) bad += 1;
    print(bad);`.replace('event["__setattr__"]; ', ""),
    ),
  ).toEqual(["0"]);
});

test("a subclass of a library class is that class in every thread: attributes, methods, repr", async () => {
  expect(
    await lines(`
    class Gate extends threading.Event {
      opened = 0;
      owner: any;
      constructor(owner: any) { super(); this.owner = owner; }
      set() { this.opened += 1; super.set(); }
    }
    class Places extends threading.Semaphore {
      taken: any = [];
      acquire(...args: any[]) { const got = super.acquire(...args); this.taken.append(threading.current_thread().name); return got; }
    }
    class Bounded extends threading.BoundedSemaphore { limit = 2; }
    class Bell extends threading.Condition { rung = 0; notify(...args: any[]) { this.rung += 1; super.notify(...args); } }
    class Rounds extends threading.Barrier { count = 0; wait(...args: any[]) { this.count += 1; return super.wait(...args); } }
    class Stack extends list { name: any = "s"; top() { return this[-1]; } }
    class Counter extends dict { total: any = 0; add(k: any) { this[k] = this.get(k, 0) + 1; this.total += 1; } }
    class Level extends (threading.RLock as any) { name: any = "l"; }
    class Jobs extends queue.Queue { done: any = []; task_done() { this.done.append(1); super.task_done(); } }
    const objects: any = [new Gate("me"), new Places(2), new Bounded(2), new Bell(), new Rounds(1), new Stack([1, 2]), new Counter(), new Level(), new Jobs()];
    function work() {
      const [gate, places, bounded, bell, rounds, stack, counter, level, jobs] = objects;
      print(...[...objects].map((o: any) => type(o).__name__));
      gate.set(); places.acquire(); bounded.acquire();
      bell.acquire(); bell.notify(); bell.release();
      rounds.wait(); stack.append(3); counter.add("a"); level.acquire(); level.release(); jobs.put(1); jobs.get(); jobs.task_done();
      print(gate.owner, bounded.limit, stack.top(), stack.name, counter.total, level.name, isinstance(gate, threading.Event));
    }
    const t = threading.Thread({ target: work, name: "T" });
    t.start(); t.join();
    const [gate, places, bounded, bell, rounds, stack, counter, level, jobs] = objects;
    print(gate.is_set(), gate.opened, places.taken, bell.rung, rounds.count, stack, counter, counter.total, jobs.done);
    for (const o of [gate, places, bounded]) print(str(o).replace(/0x[0-9a-f]+/, "0x"));
    print(str(threading.BoundedSemaphore(3)).replace(/0x[0-9a-f]+/, "0x"));`),
  ).toEqual([
    "Gate Places Bounded Bell Rounds Stack Counter Level Jobs",
    "me 2 3 s 1 l True",
    "True 1 ['T'] 1 1 [1, 2, 3] {'a': 1} 1 [1]",
    "<__main__.Gate at 0x: set>",
    "<__main__.Places at 0x: value=1>",
    "<__main__.Bounded at 0x: value=1/2>",
    "<threading.BoundedSemaphore at 0x: value=3/3>",
  ]);
});

test("a plain Queue tells why it has no mutex; a subclass has it, and its items are under it", async () => {
  expect(
    await lines(`
    const plain: any = queue.Queue();
    for (const f of [() => plain.mutex, () => plain.queue.clear(), () => plain.not_empty.notify(), () => delattr(plain, "not_full")]) attempt(f);
    print(hasattr(plain, "mutex"), hasattr(plain, "unfinished_tasks"), plain.unfinished_tasks);
    class Jobs extends queue.Queue {}
    const jobs: any = new Jobs();
    for (const n of [1, 2, 3]) jobs.put(n);
    function clear() { with_(jobs.mutex, () => { jobs.queue.clear(); jobs.all_tasks_done.notify_all(); jobs.not_full.notify_all(); }); }
    inThread(clear);
    print(jobs.qsize(), jobs.empty());`),
  ).toEqual([
    expect.stringMatching(
      /^'Queue' object has no attribute 'mutex': its items are in the kernel, .*class Jobs extends Queue/,
    ),
    expect.stringMatching(/^'Queue' object has no attribute 'queue': /),
    expect.stringMatching(/^'Queue' object has no attribute 'not_empty': /),
    expect.stringMatching(/^'Queue' object has no attribute 'not_full': /),
    "False True 0",
    "0 True",
  ]);
});

test("a thread that _thread has started has its class, and takes attributes", async () => {
  expect(
    await lines(`
    const ready = threading.Event();
    let seen: any = null;
    function work() { seen = threading.current_thread(); seen.mark = 1; ready.set(); }
    _thread.start_new_thread(work, []);
    ready.wait();
    print(type(seen).__name__, seen.mark);`),
  ).toEqual(["_DummyThread 1"]);
});

test("a method of one library object that is replaced after it was shared is replaced for all threads", async () => {
  expect(
    await lines(`
    const event: any = threading.Event(), other: any = threading.Event();
    inThread(() => { event.is_set(); other.is_set(); });
    event.set = () => print("set");
    inThread(() => { event.set(); other.set(); print(other.is_set()); other.clear = () => print("cleared"); });
    other.clear();
    event.set();
    delattr(event, "set");
    event.set();
    inThread(() => { event.set(); print(event.is_set()); });`),
  ).toEqual(["set", "True", "cleared", "set", "True"]);
});

test("methods of Python's own objects are read-only, and those of their subclasses are not", async () => {
  expect(
    await lines(`
    const l: any = threading.Lock(), r: any = threading.RLock(), q: any = queue.SimpleQueue(), a: any = [1], d: any = {}, s: any = set([]);
    for (const f of [
      () => { l.acquire = 1; }, () => { r.release = 1; }, () => { q.get = 1; }, () => { a.append = 1; }, () => { d.get = 1; },
      () => { s.add = 1; }, () => { l.nope = 1; }, () => { delete l.acquire; }, () => { delete a.nope; },
    ]) attempt(f);
    inThread(() => attempt(() => { l.acquire = 1; }));
    class Jobs extends list {}
    const jobs: any = new Jobs();
    jobs.append = (x: any) => print("appended", x);
    jobs.append(1);
    inThread(() => jobs.append(2));
    print(l.acquire(), len(jobs));`),
  ).toEqual([
    "'_thread.lock' object attribute 'acquire' is read-only",
    "'_thread.RLock' object attribute 'release' is read-only",
    "'_queue.SimpleQueue' object attribute 'get' is read-only",
    "'list' object attribute 'append' is read-only",
    "'dict' object attribute 'get' is read-only",
    "'set' object attribute 'add' is read-only",
    "'_thread.lock' object has no attribute 'nope'",
    "'_thread.lock' object attribute 'acquire' is read-only",
    "'list' object has no attribute 'nope'",
    "'_thread.lock' object attribute 'acquire' is read-only",
    "appended 1",
    "appended 2",
    "True 0",
  ]);
});
