// An RLock around a global counter: the numbers come out in order.
import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
let globals_num = 0;
const lock = threading.RLock();
function Func() {
  lock.acquire(); // take the lock
  // globals_num is the module's variable
  globals_num += 1;
  time.sleep(0.1);
  print(globals_num);
  lock.release(); // give it back
}
for (const i of range(10)) {
  const t = threading.Thread({ target: Func });
  t.start();
}
