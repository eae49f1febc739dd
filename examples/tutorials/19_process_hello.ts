// document A, processes, section 1
import { Process } from "pythreads/multiprocessing";
import { print } from "pythreads/builtins";
function func(name: string) {
  print("hello", name);
}
if (__name__ === "__main__") {
  const p = Process({ target: func, args: ["zhangyanlin"] });
  p.start();
  p.join(); // 等待進程執(zhí)行完畢
}
