/// <reference types="pythreads/port" />
// An RLock, taken again inside the functions that its holder calls.
import { threading } from "pythreads";
import { print, range } from "pythreads/builtins";
function run1() {
  print("grab the first part data");
  lock.acquire();
  // num is the module's variable
  num += 1;
  lock.release();
  return num;
}
function run2() {
  print("grab the second part data");
  lock.acquire();
  // num2 is the module's variable
  num2 += 1;
  lock.release();
  return num2;
}
function run3() {
  lock.acquire();
  const res = run1();
  print("--------between run1 and run2-----");
  const res2 = run2();
  lock.release();
  print(res, res2);
}
if (__name__ === "__main__") {
  var num = 0, num2 = 0;
  var lock = threading.RLock();
  for (const i of range(10)) {
    const t = threading.Thread({ target: run3 });
    t.start();
  }
  while (threading.active_count() !== 1) {
    print(threading.active_count());
  }
  print("----all threads done---");
  print(num, num2);
}
