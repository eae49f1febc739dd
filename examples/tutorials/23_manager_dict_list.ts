// A dict and a list of a manager, changed by a child process.
import { Manager, Process } from "pythreads/multiprocessing";
import { print, range, with_ } from "pythreads/builtins";
function f(d: any, l: any) {
  d["name"] = "zhangyanlin";
  d["age"] = 18;
  d["Job"] = "pythoner";
  l.reverse();
}
if (__name__ === "__main__") {
  with_(Manager(), (man) => {
    const d = man.dict();
    const l = man.list(range(10));
    const p = Process({ target: f, args: [d, l] });
    p.start();
    p.join();
    print(d);
    print(l);
  });
}
