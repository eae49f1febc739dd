import { sys, threading } from "pythreads";
import { print, str, ValueError } from "pythreads/builtins";

let told: any = null;
class ThreadRunFail extends threading.Thread {
  run() {
    throw ValueError("run failed");
  }
}
function threading_hook(_args: any) {
  throw ValueError("threading_hook failed");
}
function sys_hook(_type: any, value: any, _traceback: any) {
  told = str(value);
}
threading.excepthook = threading_hook;
sys.excepthook = sys_hook;
const thread = new ThreadRunFail();
thread.start();
thread.join();
print(told);
