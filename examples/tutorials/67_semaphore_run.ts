/// <reference types="pythreads/port" />
// A BoundedSemaphore: twenty threads, two at a time.
import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
function run(n: number) {
  semaphore.acquire();
  time.sleep(0.2);
  print(`run the thread: ${n}\n`);
  semaphore.release();
}
if (__name__ === "__main__") {
  var num = 0;
  var semaphore = threading.BoundedSemaphore(2); // at most two threads at once
  for (const i of range(20)) {
    const t = threading.Thread({ target: run, args: [i] });
    t.start();
  }
  while (threading.active_count() !== 1) {
    // print(threading.active_count())
  }
  print("----all threads done---");
  print(num);
}
