import { threading, time } from "pythreads";
import { print, SystemExit } from "pythreads/builtins";

function child() {
  time.sleep(0.3);
  print("Woke up, sleep function is:", typeof time.sleep);
}
threading.Thread({ target: child }).start();
throw SystemExit();
