// A pool of threads whose results a callback gathers.
import { threading } from "pythreads";
import { list, print, range, sorted, tuple } from "pythreads/builtins";
import { ThreadPool } from "pythreads/multiprocessing/pool";
function f(i: number) {
  return tuple([i + 100, threading.current_thread() !== threading.main_thread()]);
}
const results = list<any>([]);
const pool = ThreadPool(5);
for (const i of range(10)) {
  pool.apply_async({ func: f, args: [i], callback: results.append });
}
pool.close();
pool.join();
print(sorted(results));
