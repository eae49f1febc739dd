// A semaphore of three: the fourth waits outside until one of the three has left.
import { threading, time } from "pythreads";
import { isinstance, max, print, range, repr, ValueError, with_ } from "pythreads/builtins";

const rooms = threading.Semaphore(3);
const gate = threading.Event();
const guard = threading.Lock();
let inside = 0;
let most = 0;
let served = 0;

function guest() {
  with_(rooms, () => {
    with_(guard, () => {
      inside += 1;
      most = max(most, inside);
    });
    gate.wait();
    with_(guard, () => {
      inside -= 1;
      served += 1;
    });
  });
}

const guests = [...range(8)].map((n) => threading.Thread({ target: guest }));
for (const t of guests) {
  t.start();
}
while (inside < 3) {
  time.sleep(0.001);
}
print("inside", inside, "room for one more", rooms.acquire({ blocking: false }), rooms.acquire({ timeout: 0.05 }));
gate.set();
for (const t of guests) {
  t.join();
}
print("served", served, "inside", inside, "most at once", most);

rooms.release(2);
print("five free", [...range(6)].map((n) => rooms.acquire(false)));
const bounded = threading.BoundedSemaphore(2);
bounded.acquire();
bounded.release();
for (const wrong of [() => bounded.release(), () => threading.Semaphore(-1), () => rooms.release(0),
  () => rooms.acquire(false, 1)]) {
  try {
    wrong();
  } catch (e) {
    if (isinstance(e, ValueError)) print(repr(e));
    else throw e;
  }
}
