// Each line printed: a name, and operations per second.
import { queue, sys, threading, time } from "pythreads";
import { bytes, int, print, range, with_ } from "pythreads/builtins";

function rate(name: string, n: number, work: (n: number) => void) {
  let best = 0;
  for (const round of range(3)) {
    const begin = time.perf_counter();
    work(n);
    best = Math.max(best, n / (time.perf_counter() - begin));
  }
  print(name, best);
}

const lock = threading.Lock();
const rlock = threading.RLock();
const q = queue.Queue();
let num = 0;

function lock_pairs(n: number) {
  for (const i of range(n)) {
    lock.acquire();
    lock.release();
  }
}

function rlock_pairs(n: number) {
  for (const i of range(n)) {
    rlock.acquire();
    rlock.release();
  }
}

function queue_pairs(n: number) {
  for (const i of range(n)) {
    q.put(i);
    q.get();
  }
}

function global_increments(n: number) {
  for (const i of range(n)) {
    num += 1;
  }
}

function nothing() {}

function start_join(n: number) {
  for (const i of range(n)) {
    const t = threading.Thread({ target: nothing });
    t.start();
    t.join();
  }
}

function put_all(n: number) {
  for (const i of range(n)) {
    q.put(i);
  }
}

function one_to_one(n: number) {
  const t = threading.Thread({ target: put_all, args: [n] });
  t.start();
  for (const i of range(n)) {
    q.get();
  }
  t.join();
}

const condition = threading.Condition();
let turn = 0;

function play(me: number, n: number) {
  for (const i of range(n)) {
    with_(condition, () => {
      while (turn !== me) {
        condition.wait();
      }
      turn = 1 - me;
      condition.notify();
    });
  }
}

function ping_pong(n: number) {
  const t = threading.Thread({ target: play, args: [1, n] });
  t.start();
  play(0, n);
  t.join();
}

const events = [threading.Event(), threading.Event()];

function toss(me: number, n: number) {
  for (const i of range(n)) {
    events[me].wait();
    events[me].clear();
    events[1 - me].set();
  }
}

function event_ping_pong(n: number) {
  events[0].set();
  const t = threading.Thread({ target: toss, args: [1, n] });
  t.start();
  toss(0, n);
  t.join();
  events[0].clear();
}

const narrow = queue.Queue(4);

function put_bytes(n: number) {
  const data = bytes(1 << 20);
  for (const i of range(n)) {
    narrow.put(data);
  }
}

function one_mib(n: number) {
  const t = threading.Thread({ target: put_bytes, args: [n] });
  t.start();
  for (const i of range(n)) {
    narrow.get();
  }
  t.join();
}

function contended(n: number) {
  const ts = [...range(2)].map(() => threading.Thread({ target: lock_pairs, args: [n / 2] }));
  for (const t of ts) {
    t.start();
  }
  for (const t of ts) {
    t.join();
  }
}

/** Work that keeps one core busy. */
function burn(n: number) {
  let x = 0;
  for (let i = 0; i < n; i++) x = (x * 31 + i) % 1000003;
  return x;
}

/** Two threads against one after the other: the time of the former as a part of the latter's. */
function parallel(n: number) {
  burn(n);
  let best = 9;
  for (const round of range(3)) {
    let begin = time.perf_counter();
    burn(n);
    burn(n);
    const serial = time.perf_counter() - begin;
    begin = time.perf_counter();
    const ts = [...range(2)].map(() => threading.Thread({ target: burn, args: [n] }));
    for (const t of ts) t.start();
    for (const t of ts) t.join();
    best = Math.min(best, (time.perf_counter() - begin) / serial);
  }
  print("parallel_over_serial", best);
}

if (__name__ === "__main__") {
  const scale = sys.argv.length > 1 ? Number(sys.argv[1]) : 1;
  start_join(100);
  rate("thread_start_join", int(3000 * scale), start_join);
  rate("lock_pair", int(10000000 * scale), lock_pairs);
  rate("lock_pair_two_threads", int(10000000 * scale), contended);
  rate("rlock_pair", int(10000000 * scale), rlock_pairs);
  rate("queue_put_get", int(3000000 * scale), queue_pairs);
  rate("queue_one_to_one", int(3000000 * scale), one_to_one);
  rate("condition_ping_pong", int(200000 * scale), ping_pong);
  rate("event_ping_pong", int(200000 * scale), event_ping_pong);
  rate("queue_bytes_1m", int(5000 * scale), one_mib);
  rate("global_increment", int(50000000 * scale), global_increments);
  parallel(int(100000000 * scale));
}
