// A pool runs five tasks at a time, and a callback gets each result.
import { Pool } from "pythreads/multiprocessing";
import { time } from "pythreads";
import { print, range } from "pythreads/builtins";
function f1(i: number) {
  time.sleep(0.5);
  print(i);
  return i + 100;
}
function f2(arg: number) {
  print(arg);
}
if (__name__ === "__main__") {
  const pool = Pool(5);
  for (const i of range(1, 31)) {
    pool.apply_async({ func: f1, args: [i], callback: f2 });
  }
  pool.close();
  pool.join();
}
