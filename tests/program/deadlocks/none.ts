// Nobody here waits for ever: no report may come.
import { queue, threading, time } from "pythreads";
import { print, with_ } from "pythreads/builtins";

const a = threading.Lock();
const b = threading.Lock();
const signal = threading.Lock();
const q = queue.Queue();
function crossWithTimeout() {
  with_(b, () => a.acquire({ timeout: 1.6 }));
}
function releaseLater() {
  time.sleep(1.6);
  signal.release();
  q.put(1);
}
const t = threading.Thread({ target: crossWithTimeout });
const u = threading.Thread({ target: releaseLater });
a.acquire();
t.start();
u.start();
signal.acquire();
signal.acquire(); // the other thread releases it
q.get();
b.acquire();
print("done");
