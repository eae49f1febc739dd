// A signal's handler may wait, also for what the wait waits for that it interrupts; that one keeps its place meanwhile.
import { queue, signal, threading } from "pythreads";
import { print, tuple, with_ } from "pythreads/builtins";
// @ts-expect-error: for tests, and not among the types that a user has
import { waiters as waiting } from "pythreads/internal/waiters";

let handle: any = null;
signal.signal(signal.SIGUSR1, (_signum: number, _frame: any) => handle());

function until_waiting(thing: any, n = 1) {
  while (waiting(thing) < n);
}

/** Has the main thread call the handler, once, when it waits for the primitive. */
function interrupts(primitive: any, handler: () => void) {
  const calls = [handler];
  const begun = threading.Event();

  handle = () => {
    if (calls.length === 0) return;
    const call = calls.pop()!;
    begun.set();
    call();
  };
  until_waiting(primitive);
  while (!begun.is_set()) {
    signal.pthread_kill(threading.main_thread().ident!, signal.SIGUSR1);
    begun.wait(0.01);
  }
}

/** While the main thread waits for the primitive, a signal's handler waits with `inner`; `then` ends both. */
function interrupt(name: string, primitive: any, wait: () => unknown, inner: () => unknown, then: () => void) {
  function work() {
    interrupts(primitive, () => print(name, "- inside:", inner()));
    then();
  }

  const thread = threading.Thread({ target: work });
  thread.start();
  print(name, "- outside:", wait());
  thread.join();
}

const a = threading.Condition();
const b = threading.Condition();

function waiter(condition: any, timeout: number | null = null) {
  return () => with_(condition, () => condition.wait(timeout));
}

function notify(condition: any, waiters = 1, n = 1) {
  until_waiting(condition, waiters);
  with_(condition, () => condition.notify(n));
}

function each_alone() {
  notify(a, 2);
  // It was for the wait outside, which began first.
  print("left:", waiting(a));
  notify(a);
}

interrupt("two conditions", a, waiter(a), waiter(b), () => (notify(a), notify(b)));
interrupt("two conditions, the inner first", a, waiter(a), waiter(b), () => (notify(b), notify(a)));
interrupt("one condition", a, waiter(a), waiter(a), each_alone);
interrupt("one condition, all notified", a, waiter(a), waiter(a), () => notify(a, 2, 2));
interrupt("the inner wait is late", a, waiter(a), waiter(b, 0.01), () => notify(a));

const event = threading.Event();
const other = threading.Event();

function flash() {
  until_waiting(other);
  event.set();
  event.clear();
  other.set();
}

interrupt("an event that is set and cleared", event, () => event.wait(), () => other.wait(), flash);
interrupt("an event, and a condition inside", event, () => event.wait(), waiter(a), () => (event.set(), notify(a)));
event.clear();
interrupt("a condition, and an event inside", a, waiter(a), () => event.wait(), () => (notify(a), event.set()));

const barrier = threading.Barrier(2);
other.clear();
interrupt("a barrier", barrier, () => [0, 1].includes(barrier.wait()), () => other.wait(), () => (barrier.wait(), other.set()));

const q = queue.Queue();
const lock = threading.Lock();
const semaphore = threading.Semaphore(0);
lock.acquire();

function take_each() {
  return tuple([lock.acquire(), semaphore.acquire(), q.get()]);
}

function give_each() {
  lock.release();
  semaphore.release();
  q.put("first");
  q.put("second");
}

interrupt("a queue, and others inside", q, () => q.get(), take_each, give_each);
interrupt("a semaphore", semaphore, () => semaphore.acquire(), waiter(a), () => (semaphore.release(), notify(a)));

/** A third wait within the second. */
function nested() {
  const thread = threading.Thread({ target: interrupts, args: [b, () => print("innermost:", waiter(a)())] });
  thread.start();
  try {
    return waiter(b)();
  } finally {
    thread.join();
  }
}

interrupt("three waits", a, waiter(a), nested, () => (notify(a, 2), notify(a), notify(b)));
