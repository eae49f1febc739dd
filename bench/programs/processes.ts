// What processes cost: as processes.py, line for line.
import { sys, time } from "pythreads";
import { bytes, print, range, with_ } from "pythreads/builtins";
import { Manager, Pool, Process, Queue, Value } from "pythreads/multiprocessing";

const scale = Number(sys.argv[1] ?? "1");

function times(n: number) {
  return Math.max(1, Math.floor(n * scale));
}

function report(name: string, n: number, start: number) {
  print(name, n / (time.perf_counter() - start));
}

function nothing(x: unknown = null) {
  return x;
}

function take(q: any, n: number) {
  for (const _ of range(n)) q.get();
}

function increment(v: any, n: number) {
  for (const _ of range(n)) {
    with_(v.get_lock(), () => {
      v.value += 1;
    });
  }
}

function one_to_one(name: string, item: unknown, n: number) {
  const q = Queue();
  const p = Process({ target: take, args: [q, n] });
  p.start();
  const start = time.perf_counter();
  for (const _ of range(n)) q.put(item);
  p.join();
  report(name, n, start);
}

if (__name__ === "__main__") {
  let start = 0;
  let n = 0;
  for (const _ of range(3)) {
    n = times(50);
    start = time.perf_counter();
    for (const _ of range(n)) {
      const p = Process({ target: nothing });
      p.start();
      p.join();
    }
  }
  report("process_start_join", n, start);
  one_to_one("mp_queue_int", 7, times(100000));
  one_to_one("mp_queue_1k", bytes("x".repeat(1024), "ascii"), times(50000));
  one_to_one("mp_queue_1m", bytes("x".repeat(1048576), "ascii"), times(300));
  const v = Value("i", 0);
  n = times(200000);
  const ps = [...range(2)].map(() => Process({ target: increment, args: [v, n] }));
  start = time.perf_counter();
  for (const p of ps) p.start();
  for (const p of ps) p.join();
  report("value_two_processes", 2 * n, start);
  with_(Pool(2), (pool) => {
    pool.map(nothing, range(100));
    n = times(10000);
    start = time.perf_counter();
    for (const i of range(n)) pool.apply(nothing, [i]);
    report("pool_apply", n, start);
    n = times(100000);
    start = time.perf_counter();
    pool.map(nothing, range(n), 1);
    report("pool_map_1", n, start);
    n = times(1000000);
    start = time.perf_counter();
    pool.map(nothing, range(n));
    report("pool_map", n, start);
  });
  with_(Manager(), (manager) => {
    const d = manager.dict();
    n = times(20000);
    start = time.perf_counter();
    for (const i of range(n)) {
      d["k"] = i;
      d["k"];
    }
    report("manager_dict", 2 * n, start);
  });
}
