/// <reference types="pythreads/port" />
// Two threads, first way: a function as target.
import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
function sayhi(num: number) { // what each thread runs
  print(`running on number:${num}`);
  time.sleep(3);
}
if (__name__ === "__main__") {
  const t1 = threading.Thread({ target: sayhi, args: [1] }); // make a thread
  const t2 = threading.Thread({ target: sayhi, args: [2] }); // make another
  t1.start(); // start it
  t2.start(); // start the other
  print(t1.getName()); // its name
  print(t2.getName());
}
