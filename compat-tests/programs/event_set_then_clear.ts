// An Event that is set and cleared at once still releases everyone who waited, and nobody who comes later.
import { threading, time } from "pythreads";
import { print, range, with_ } from "pythreads/builtins";

const event = threading.Event();
const counter = threading.Lock();
let about_to_wait = 0;
let released = 0;

function waiter() {
  with_(counter, () => {
    about_to_wait += 1;
  });
  const got = event.wait(10);
  with_(counter, () => {
    released += got ? 1 : 0;
  });
}

for (const turn of range(2)) {
  const threads = [...range(4)].map((n) => threading.Thread({ target: waiter }));
  for (const t of threads) {
    t.start();
  }
  while (about_to_wait < 4 * (turn + 1)) {
    time.sleep(0.001);
  }
  time.sleep(0.3); // the last one still has to fall asleep; nothing of Python's tells when it has
  print("turn", turn, "released before", released);
  event.set();
  event.clear();
  for (const t of threads) {
    t.join();
  }
  print("turn", turn, "released", released, "is_set", event.is_set());
}

print("who comes later", event.wait(0.05), event.wait({ timeout: 0 }));
event.set();
print("set for good", event.wait(), event.wait(0), event.is_set());
