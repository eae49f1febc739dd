// A pool runs one task after the other: apply waits for each.
import { Pool } from "pythreads/multiprocessing";
import { time } from "pythreads";
import { print, range } from "pythreads/builtins";
function f1(i: number) {
  time.sleep(0.05);
  print(i);
  return i + 100;
}
if (__name__ === "__main__") {
  const pool = Pool(5);
  for (const i of range(1, 31)) {
    pool.apply({ func: f1, args: [i] });
  }
}
