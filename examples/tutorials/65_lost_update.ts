// Two threads take num at the same time and one update is lost (the read and the write are spread apart, so that it
// is seen every time); with a lock nothing is lost.
import { threading, time } from "pythreads";
import { print, range, with_ } from "pythreads/builtins";
let num = 2;
const both_have_read = threading.Barrier(2);
function lose() {
  // num is the module's variable
  const taken = num;
  both_have_read.wait();
  num = taken - 1;
}
const lock = threading.Lock();
function keep() {
  // num is the module's variable
  with_(lock, () => {
    const taken = num;
    time.sleep(0.05);
    num = taken - 1;
  });
}
for (const f of [lose, keep]) {
  num = 2;
  const ts = [...range(2)].map((n) => threading.Thread({ target: f }));
  for (const t of ts) {
    t.start();
  }
  for (const t of ts) {
    t.join();
  }
  print(f.__name__, num);
}
