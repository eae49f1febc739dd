// added: document B, section 4: threads share the memory of their process, a child process has its own copy,
// a process gets its threads' results but not its children's changes; every process has a main thread
import { threading } from "pythreads";
import { Process, Queue } from "pythreads/multiprocessing";
import { list, print, tuple } from "pythreads/builtins";
const li = [];
function add(x) {
  li.append(x);
}
function child(q) {
  li.append("child");
  q.put(tuple([list(li), threading.current_thread() === threading.main_thread(), threading.active_count()]));
}
if (__name__ === "__main__") {
  const t = threading.Thread({ target: add, args: ["thread"] });
  t.start();
  t.join();
  print("after the thread", li);
  const q = Queue();
  const p = Process({ target: child, args: [q] });
  p.start();
  print("in the child", ...q.get());
  p.join();
  print("after the child", li);
  print("main", threading.main_thread().name, threading.current_thread().name, threading.active_count());
}
