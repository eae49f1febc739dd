// added: document B, section 6, in words: processes that change shared data need a lock, used like a thread's lock;
// the other process locks too
import { BoundedSemaphore, Event, Lock, Process, RLock, Semaphore, Value } from "pythreads/multiprocessing";
import { isinstance, max, print, range, ValueError, with_ } from "pythreads/builtins";
import { time } from "pythreads";
function add(lock, v) {
  for (const n of range(20)) {
    with_(lock, () => {
      const taken = v.value;
      time.sleep(0.001);
      v.value = taken + 1;
    });
  }
}
function hold(rlock, ready, go_on) {
  rlock.acquire();
  rlock.acquire();
  ready.set();
  go_on.wait(10);
  rlock.release();
  rlock.release();
}
function place(sem, inside, most) {
  with_(sem, () => {
    with_(inside.get_lock(), () => {
      inside.value += 1;
      most.value = max(most.value, inside.value);
    });
    time.sleep(0.1);
    with_(inside.get_lock(), () => {
      inside.value -= 1;
    });
  });
}
if (__name__ === "__main__") {
  const lock = Lock(), v = Value("i", 0, { lock: false });
  let ps = [...range(3)].map((n) => Process({ target: add, args: [lock, v] }));
  for (const p of ps) {
    p.start();
  }
  for (const p of ps) {
    p.join();
  }
  print("Lock", v.value);
  const rlock = RLock(), ready = Event(), go_on = Event();
  const p = Process({ target: hold, args: [rlock, ready, go_on] });
  p.start();
  ready.wait(10);
  print("RLock held elsewhere", rlock.acquire({ timeout: 0.1 }));
  go_on.set();
  p.join();
  print("RLock free", rlock.acquire());
  const sem = Semaphore(2), inside = Value("i", 0), most = Value("i", 0);
  ps = [...range(6)].map((n) => Process({ target: place, args: [sem, inside, most] }));
  for (const p of ps) {
    p.start();
  }
  for (const p of ps) {
    p.join();
  }
  print("Semaphore(2): most at once", most.value <= 2);
  const b = BoundedSemaphore(1);
  try {
    b.release();
  } catch (e) {
    if (isinstance(e, ValueError)) print("ValueError", e);
    else throw e;
  }
}
