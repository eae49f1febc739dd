// document B, section 6, processes: nothing is shared
import { Process } from "pythreads/multiprocessing";
import { Manager } from "pythreads/multiprocessing";
import { time } from "pythreads";
import { print, range } from "pythreads/builtins";
const li = [];
function foo(i) {
  li.append(i);
  print("say hi", li);
}
for (const i of range(10)) {
  const p = Process({ target: foo, args: [i] });
  p.start();
}
print("ending", li);
