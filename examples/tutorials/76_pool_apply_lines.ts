// The two ways to get one result from a pool.
import { Pool } from "pythreads/multiprocessing";
import { time } from "pythreads";
import { print } from "pythreads/builtins";
function Foo(i: number) {
  time.sleep(0.5);
  return i + 100;
}
const pool = Pool(5);
print(pool.apply(Foo, [1]));
print(pool.apply_async({ func: Foo, args: [1] }).get());
