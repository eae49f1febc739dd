// document A, processes, section 1 (1). The output printed in the document (3.1415927 ...) belongs to another program.
import { Array, Value, Process } from "pythreads/multiprocessing";
import { len, print, range } from "pythreads/builtins";
function func(a, b) {
  a.value = 3.333333333333333;
  for (const i of range(len(b))) {
    b[i] = -b[i];
  }
}
if (__name__ === "__main__") {
  const num = Value("d", 0.0);
  const arr = Array("i", range(11));
  const c = Process({ target: func, args: [num, arr] });
  const d = Process({ target: func, args: [num, arr] });
  c.start();
  d.start();
  c.join();
  d.join();
  print(num.value);
  for (const i of arr) {
    print(i);
  }
}
