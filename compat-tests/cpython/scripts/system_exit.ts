import { sys, threading } from "pythreads";

class ThreadExit extends threading.Thread {
  run() {
    sys.exit(1);
  }
}
const thread = new ThreadExit();
thread.start();
thread.join();
