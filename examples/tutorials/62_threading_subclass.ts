/// <reference types="pythreads/port" />
// Two threads, second way: a subclass with run().
import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
class MyThread extends threading.Thread {
  declare num: number;
  constructor(num: number) {
    super();
    this.num = num;
  }
  run() { // what each thread runs
    print(`running on number:${this.num}`);
    time.sleep(3);
  }
}
if (__name__ === "__main__") {
  const t1 = new MyThread(1);
  const t2 = new MyThread(2);
  t1.start();
  t2.start();
}
