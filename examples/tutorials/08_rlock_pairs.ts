// n acquires need n releases before another thread gets the lock.
import { threading } from "pythreads";
import { isinstance, print, RuntimeError } from "pythreads/builtins";
const rLock = threading.RLock();
function try_it(label: string) {
  const got = rLock.acquire({ blocking: false });
  print(label, got);
  if (got) {
    rLock.release();
  }
}
function other(label: string) {
  const t = threading.Thread({ target: try_it, args: [label] });
  t.start();
  t.join();
}
rLock.acquire();
rLock.acquire();
other("held twice");
rLock.release();
other("held once");
rLock.release();
other("free");
try {
  rLock.release();
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
const lock = threading.Lock();
print(lock.acquire(), lock.acquire(false), lock.acquire(true, 0.05), lock.locked());
lock.release();
try {
  lock.release();
} catch (e) {
  if (isinstance(e, RuntimeError)) print("RuntimeError", e);
  else throw e;
}
