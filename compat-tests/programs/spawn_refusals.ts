// What a spawned process cannot be given, as pickle refuses it; what it can be given arrives as a copy.
import { contextvars, io, multiprocessing as mp, queue, random, sys, threading } from "pythreads";
import { bytes, getattr, in_, memoryview, object, print, str, tuple, type, with_ } from "pythreads/builtins";

function nothing(..._args: any[]) {}

function* numbers() {
  yield 1;
}

class Holder extends object {
  lock: any;
  constructor(lock: any = null) {
    super();
    this.lock = lock;
  }

  method() {
    print("method", this.lock);
  }
}

class Careful extends object {
  lock: any;
  name: string;
  constructor() {
    super();
    this.lock = threading.Lock();
    this.name = "careful";
  }

  __getstate__() {
    return { name: this.name };
  }

  __setstate__(state: any) {
    this.name = `${state["name"]} again`;
    this.lock = null;
  }
}

class Reduced extends object {
  n: number;
  lock: any;
  constructor(n: number) {
    super();
    this.n = n;
    this.lock = threading.Lock();
  }

  __reduce__() {
    return tuple([Reduced, tuple([this.n + 1])]);
  }
}

const spawn = mp.get_context("spawn");

class Worker extends spawn.Process {
  items: any;
  lock: any;
  constructor(lock: any = null) {
    super({ name: "worker" } as any);
    this.items = [1, 2];
    this.lock = lock;
  }

  run() {
    print("run", this.name, this.items, this.lock, mp.current_process() === this);
    print(mp.parent_process()!.name);
  }
}

function attempt(name: string, f: any) {
  try {
    f();
    print(name, "is accepted");
  } catch (e: any) {
    print(name, type(e).__name__, str(e));
  }
}

function show(careful: any, reduced: any, text: any, generator: any, pair: any) {
  print(careful.name, careful.lock, reduced.n, text.read(), text.getvalue(), generator.random());
  print(pair[0] === pair[1], pair);
}

function main() {
  const started = spawn.Process({ target: nothing });
  started.start();
  started.join();
  const variable = contextvars.ContextVar("variable");
  const refused: any = {
    lock: threading.Lock(),
    rlock: threading.RLock(),
    condition: threading.Condition(),
    "condition of a lock": threading.Condition(threading.Lock()),
    event: threading.Event(),
    semaphore: threading.Semaphore(),
    barrier: threading.Barrier(2),
    thread: threading.Thread({ target: nothing }),
    "main thread": threading.current_thread(),
    timer: threading.Timer(1, nothing),
    local: new threading.local(),
    queue: queue.Queue(),
    "simple queue": queue.SimpleQueue(),
    generator: numbers(),
    stdout: sys.stdout,
    module: sys,
    memoryview: memoryview(bytes("ab")),
    context: contextvars.copy_context(),
    variable: variable,
    token: variable.set(1),
    attribute: new Holder(threading.Lock()),
    item: { a: [1, threading.Lock()] },
    tuple: tuple([1, threading.RLock()]),
    "bound method": new Holder(threading.Lock()).method,
    "current process": mp.current_process(),
    "started process": started,
  };
  for (const method of ["spawn", "forkserver"] as const) {
    const ctx = mp.get_context(method);
    for (const [name, value] of refused.items()) {
      attempt(name, ctx.Process({ target: nothing, args: [value] }).start);
    }
  }
  attempt("target", spawn.Process({ target: new Holder(threading.Lock()).method }).start);
  attempt("keyword", spawn.Process({ target: nothing, kwargs: { a: threading.Lock() } }).start);

  const q = spawn.Queue();
  attempt("send a queue", () => spawn.Pipe()[0].send(q));
  for (const name of ["Lock", "RLock", "Condition", "Event", "Semaphore", "BoundedSemaphore", "JoinableQueue", "SimpleQueue"]) {
    attempt(`send ${name}`, () => spawn.Pipe()[0].send((getattr(spawn, name) as any)()));
  }
  attempt("send a barrier", () => spawn.Pipe()[0].send(spawn.Barrier(2)));
  attempt("send a process", () => spawn.Pipe()[0].send(spawn.Process({ target: nothing })));
  attempt("send a module", () => spawn.Pipe()[0].send(sys));

  with_(spawn.Pool(1), (pool: any) => {
    attempt("task", () => pool.apply(nothing, [threading.Lock()]));
    attempt("tasks", () => pool.map(nothing, [1, threading.RLock()]));
    attempt("pool", () => pool.apply(nothing, [pool]));
    attempt("bound task", () => pool.apply(new Holder(threading.Lock()).method));
  });

  let p: any = new Worker(threading.Lock());
  attempt("process", p.start);
  print(p.is_alive(), p.exitcode, p.pid, in_(p, mp.active_children()), p.items);
  p.lock = null;
  p.start();
  p.join();
  print(p.exitcode);

  const text = io.StringIO("some text");
  text.read(5);
  const pair: any = [[1], null];
  pair[1] = pair[0];
  p = spawn.Process({ target: show, args: [new Careful(), new Reduced(1), text, new random.Random(3), pair] });
  p.start();
  p.join();
  p = spawn.Process({ target: new Holder("bound").method });
  p.start();
  p.join();
  print(p.exitcode);
}

if (__name__ === "__main__") main();
