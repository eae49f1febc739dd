// document B, section 6, processes
import { Process } from "pythreads/multiprocessing";
import { threading } from "pythreads";
import { time } from "pythreads";
import { print, range } from "pythreads/builtins";
function foo(i: number) {
  print("say hi", i); // changed: was print 'say hi',i (Python 2)
}
for (const i of range(10)) {
  const p = Process({ target: foo, args: [i] });
  p.start();
}
