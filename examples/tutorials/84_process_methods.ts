// added: documents A and B call Process "like threading.Thread": the same methods on a process, and those of its own
import { os } from "pythreads";
import { signal } from "pythreads";
import { time } from "pythreads";
import { Process, active_children, current_process, parent_process } from "pythreads/multiprocessing";
import { SystemExit, ValueError, getattr, in_, isinstance, print } from "pythreads/builtins";
function work() {
  time.sleep(0.3);
}
function fail() {
  os._exit(7);
}
function crash() {
  throw SystemExit(2);
}
class Mine extends Process {
  constructor(num) {
    super();
    this.num = num;
  }
  run() {
    print(`running on number:${this.num}`, current_process().daemon, parent_process().pid === os.getppid());
  }
}
if (__name__ === "__main__") {
  let p = Process({ target: work, name: "first", daemon: true });
  print(p.name, p.daemon, p.pid, p.exitcode, p.is_alive());
  p.start();
  print(p.is_alive(), p.pid === p.ident, p.pid !== os.getpid(), in_(p, active_children()));
  p.join(0.01);
  print("still alive", p.is_alive(), p.exitcode);
  p.join();
  print("exit", p.exitcode, p.is_alive());
  for (const f of [fail, crash]) {
    p = Process({ target: f });
    p.start();
    p.join();
    print(f.name, p.exitcode);
  }
  for (const name of ["terminate", "kill"]) {
    p = Process({ target: time.sleep, args: [60] });
    p.start();
    getattr(p, name)();
    p.join();
    print(name, signal.Signals(-p.exitcode).name);
  }
  const m = new Mine(5);
  m.start();
  m.join();
  m.close();
  try {
    m.is_alive();
  } catch (e) {
    if (isinstance(e, ValueError)) print("ValueError", e);
    else throw e;
  }
}
