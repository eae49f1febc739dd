// What processes cost: as processes.py, line for line, but for time limits, which CPython has not. What is quick is done more often, so
// that in both a loop takes long beside the start of a process, and what V8 does first is not all there is.
import { sys, time } from "pythreads";
import { bytes, print, range, with_ } from "pythreads/builtins";
import { Manager, Pool, Process, Queue, Value } from "pythreads/multiprocessing";

const scale = Number(sys.argv[1] ?? "1");

function times(n: number) {
  return Math.max(1, Math.floor(n * scale));
}

function best(name: string, n: number, work: (n: number) => void) {
  let most = 0;
  for (const _ of range(3)) {
    const start = time.perf_counter();
    work(n);
    most = Math.max(most, n / (time.perf_counter() - start));
  }
  print(name, most);
}

function nothing(x: unknown = null) {
  return x;
}

/** Work that keeps one core busy. */
function burn(n: number) {
  let x = 0;
  for (let i = 0; i < n; i++) x = (x * 31 + i) % 1000003;
  return x;
}

function start_join(n: number) {
  for (const _ of range(n)) {
    const p = Process({ target: nothing });
    p.start();
    p.join();
  }
}

function take(q: any, n: number) {
  for (const _ of range(n)) q.get();
}

function one_to_one(name: string, item: unknown, n: number) {
  let most = 0;
  for (const _ of range(3)) {
    const q = Queue();
    const p = Process({ target: take, args: [q, n] });
    p.start();
    const start = time.perf_counter();
    for (const _ of range(n)) q.put(item);
    p.join();
    most = Math.max(most, n / (time.perf_counter() - start));
  }
  print(name, most);
}

function increment(v: any, n: number) {
  for (const _ of range(n)) {
    with_(v.get_lock(), () => {
      v.value += 1;
    });
  }
}

function increments(n: number) {
  const v = Value("i", 0);
  const ps = [...range(2)].map(() => Process({ target: increment, args: [v, n / 2] }));
  for (const p of ps) p.start();
  for (const p of ps) p.join();
}

/** How many times as fast two processes are as one, with work that is as long for all. */
function speedup(pool: any, n: number) {
  pool.map(burn, [n, n], 1);
  let most = 0;
  for (const _ of range(3)) {
    let start = time.perf_counter();
    pool.apply(burn, [n]);
    pool.apply(burn, [n]);
    const serial = time.perf_counter() - start;
    start = time.perf_counter();
    pool.map(burn, [n, n], 1);
    most = Math.max(most, serial / (time.perf_counter() - start));
  }
  print("pool_speedup", most);
}

function forever() {
  for (let x = 0; ; x++) if (x < 0) return x;
}

/** How long after its limit a task is told to be late that does nothing but loop. */
function lateness(pool: any) {
  let least = Number.POSITIVE_INFINITY;
  for (const _ of range(3)) {
    const start = time.perf_counter();
    const result = pool.apply_async({ func: forever, time_limit: 0.1 });
    result.wait();
    least = Math.min(least, (time.perf_counter() - start) * 1000 - 100);
  }
  print("pool_late_by_ms", least);
}

if (__name__ === "__main__") {
  const begin = time.perf_counter();
  with_(Pool(2), (pool) => {
    pool.apply(nothing, [1]);
    print("pool_first_result_ms", (time.perf_counter() - begin) * 1000);
    best("pool_apply", times(20000), (n) => {
      for (const i of range(n)) pool.apply(nothing, [i]);
    });
    best("pool_map_1", times(100000), (n) => pool.map(nothing, range(n), 1));
    best("pool_map", times(1000000), (n) => pool.map(nothing, range(n)));
    speedup(pool, times(30000000));
    lateness(pool);
  });
  best("process_start_join", times(50), start_join);
  one_to_one("mp_queue_int", 7, times(2000000));
  one_to_one("mp_queue_1k", bytes("x".repeat(1024), "ascii"), times(500000));
  one_to_one("mp_queue_1m", bytes("x".repeat(1048576), "ascii"), times(1000));
  best("value_two_processes", times(4000000), increments);
  with_(Manager(), (manager) => {
    const d = manager.dict();
    best("manager_dict", times(20000), (n) => {
      for (const i of range(n / 2)) {
        d["k"] = i;
        d["k"];
      }
    });
  });
}
