// A pool of processes whose results a callback prints.
import { Pool } from "pythreads/multiprocessing";
import { time } from "pythreads";
import { print, range } from "pythreads/builtins";
function Foo(i: number) {
  time.sleep(2);
  return i + 100;
}
function Bar(arg: number) {
  print(arg);
}
const pool = Pool(5);
for (const i of range(10)) {
  pool.apply_async({ func: Foo, args: [i], callback: Bar });
}
print("end");
pool.close();
pool.join();
