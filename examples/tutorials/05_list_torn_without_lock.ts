// One thread reads a list from front to back while another sets it from back to front: first without, then with a lock.
import { threading, time } from "pythreads";
import { len, list, print, range, reversed, set, slice, type, with_ } from "pythreads/builtins";
const A = list([0]).__mul__(10);
const seen = list<number>([]);
function reader(lock: NoLock) {
  with_(lock, () => {
    for (const i of range(len(A))) {
      seen.append(A[i]);
      time.sleep(0.02);
    }
  });
}
function writer(lock: NoLock) {
  with_(lock, () => {
    for (const i of reversed(range(len(A)))) {
      A[i] = 1;
      time.sleep(0.02);
    }
  });
}
class NoLock {
  __enter__() {
    // nothing to take
  }
  __exit__(...exc: unknown[]) {
    // nothing to give back
  }
}
for (const lock of [new NoLock(), threading.Lock()]) {
  A.__setitem__(slice(null), list([0]).__mul__(10));
  seen.clear();
  const r = threading.Thread({ target: reader, args: [lock] });
  const w = threading.Thread({ target: writer, args: [lock] });
  r.start();
  w.start();
  r.join();
  w.join();
  print(type(lock).__name__, len(set(seen)) === 2 ? "mixed" : "consistent");
}
