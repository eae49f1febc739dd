// A Lock taken twice by one thread: deadlock.
import { threading } from "pythreads";
import { print, SystemExit } from "pythreads/builtins";
const lock = threading.Lock(); // a Lock object
lock.acquire();
if (!lock.acquire({ timeout: 1 })) { // deadlock; the timeout reports it instead of hanging
  print("deadlock: the second acquire never returns");
  throw SystemExit();
}
lock.release();
lock.release();
