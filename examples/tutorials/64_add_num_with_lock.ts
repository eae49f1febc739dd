// A hundred threads change one number, with a lock.
import { threading, time } from "pythreads";
import { list, print, range } from "pythreads/builtins";
function addNum() {
  // num is the module's variable: every thread sees the same one
  print("--get num:", num);
  time.sleep(1);
  lock.acquire(); // lock before the change
  num -= 1; // change the shared number
  lock.release(); // unlock after it
}
let num = 100; // the shared number
const thread_list = list<threading.Thread>([]);
const lock = threading.Lock(); // one lock for all
for (const i of range(100)) {
  const t = threading.Thread({ target: addNum });
  t.start();
  thread_list.append(t);
}
for (const t of thread_list) { // wait for all of them
  t.join();
}
print("final num:", num);
