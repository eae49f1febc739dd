import { sys, threading } from "pythreads";
import { print, ValueError } from "pythreads/builtins";

class ThreadRunFail extends threading.Thread {
  run() {
    throw ValueError("run failed");
  }
}
function run_thread() {
  const thread = new ThreadRunFail({ name: "excepthook thread" });
  thread.start();
  thread.join();
}
function threading_hook(_args: any) {
  print("Running a thread failed", { file: sys.stderr });
}
run_thread();
threading.excepthook = threading_hook;
run_thread();
threading.excepthook = threading.__excepthook__;
run_thread();
