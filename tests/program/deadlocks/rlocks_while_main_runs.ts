import { threading, time } from "pythreads";
import { print, with_ } from "pythreads/builtins";

const a = threading.RLock();
const b = threading.RLock();
const met = threading.Barrier(2);
function first() {
  with_(a, () => {
    met.wait();
    b.acquire();
  });
}
function second() {
  with_(b, () => {
    met.wait();
    a.acquire();
  });
}
threading.Thread({ target: first, daemon: true }).start();
threading.Thread({ target: second, daemon: true }).start();
time.sleep(2);
print("main goes on");
