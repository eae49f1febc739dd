// Three places, the others wait; and what release does beyond the bound.
import { threading, time } from "pythreads";
import { isinstance, max, print, range, ValueError, with_ } from "pythreads/builtins";
const places = threading.Semaphore(3);
const guard = threading.Lock();
let inside = 0, most = 0;
function person() {
  // inside and most are the module's variables
  with_(places, () => {
    with_(guard, () => {
      inside += 1;
      most = max(most, inside);
    });
    time.sleep(0.1);
    with_(guard, () => {
      inside -= 1;
    });
  });
}
const ts = [...range(10)].map((n) => threading.Thread({ target: person }));
for (const t of ts) {
  t.start();
}
for (const t of ts) {
  t.join();
}
print("most inside at once", most);
const s = threading.Semaphore(1);
s.release();
print("Semaphore grows", s.acquire(false), s.acquire(false), s.acquire(false));
const b = threading.BoundedSemaphore(1);
try {
  b.release();
} catch (e) {
  if (isinstance(e, ValueError)) print("ValueError", e);
  else throw e;
}
print(b.acquire(), b.acquire({ timeout: 0.05 }));
