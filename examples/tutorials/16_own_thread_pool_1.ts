/// <reference types="pythreads/port" />
// A thread pool of one's own, first way:
// a queue hands out as many Thread classes as threads may run at once.
import { threading, time } from "pythreads";
import { print, range } from "pythreads/builtins";
import * as queue from "pythreads/queue";
class Threadingpool {
  declare queue: queue.Queue;
  constructor(max_num = 10) {
    this.queue = queue.Queue(max_num);
    for (const i of range(max_num)) {
      this.queue.put(threading.Thread);
    }
  }
  getthreading() {
    return this.queue.get();
  }
  addthreading() {
    this.queue.put(threading.Thread);
  }
}
function func(p: Threadingpool, i: number) {
  time.sleep(1);
  print(i);
  p.addthreading();
}
if (__name__ === "__main__") {
  const p = new Threadingpool();
  for (const i of range(20)) {
    const thread = p.getthreading();
    const t = thread({ target: func, args: [p, i] });
    t.start();
  }
}
