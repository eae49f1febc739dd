import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";

function joiningfunc(mainthread: any) {
  mainthread.join();
  print("end of thread");
}
const t = threading.Thread({ target: joiningfunc, args: [threading.current_thread()] });
t.start();
time.sleep(0.1);
print("end of main");
