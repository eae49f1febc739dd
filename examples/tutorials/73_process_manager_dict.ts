// Processes share a dict of a manager.
import { Process, Manager } from "pythreads/multiprocessing";
import { print, range } from "pythreads/builtins";
const manage = Manager();
const dic = manage.dict();
function Foo(i: number) {
  dic[i] = 100 + i;
  print(dic.values());
}
for (const i of range(2)) {
  const p = Process({ target: Foo, args: [i] });
  p.start();
  p.join();
}
