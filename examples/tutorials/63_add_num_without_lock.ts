// A hundred threads change one number, without a lock.
import { threading, time } from "pythreads";
import { list, print, range } from "pythreads/builtins";
function addNum() {
  // num is the module's variable: every thread sees the same one
  print("--get num:", num);
  time.sleep(1);
  num -= 1; // a read and a write: one of two threads side by side may be lost
}
let num = 100; // the shared number
const thread_list = list<threading.Thread>([]);
for (const i of range(100)) {
  const t = threading.Thread({ target: addNum });
  t.start();
  thread_list.append(t);
}
for (const t of thread_list) { // wait for all of them
  t.join();
}
print("final num:", num);
