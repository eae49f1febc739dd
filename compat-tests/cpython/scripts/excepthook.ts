import { threading } from "pythreads";
import { ValueError } from "pythreads/builtins";

class ThreadRunFail extends threading.Thread {
  run() {
    throw ValueError("run failed");
  }
}
const thread = new ThreadRunFail({ name: "excepthook thread" });
thread.start();
thread.join();
