import { sys, threading, time } from "pythreads";
import { ZeroDivisionError } from "pythreads/builtins";

let running = false;
function run() {
  running = true;
  while (running) time.sleep(0.01);
  throw ZeroDivisionError("division by zero");
}
sys.stderr = null as any;
const t = threading.Thread({ target: run });
t.start();
while (!running) time.sleep(0.01);
running = false;
t.join();
