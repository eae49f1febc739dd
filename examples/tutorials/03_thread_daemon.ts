// A daemon thread stops when the main thread ends, finished or not; a foreground thread is waited for.
import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";
function background() {
  print("background start");
  time.sleep(30);
  print("background end"); // must never be printed
}
function foreground() {
  print("foreground start");
  time.sleep(0.5);
  print("foreground end");
}
const b = threading.Thread({ target: background });
b.setDaemon(true);
b.start();
time.sleep(0.2);
const f = threading.Thread({ target: foreground });
f.start();
time.sleep(0.2);
print("main end");
