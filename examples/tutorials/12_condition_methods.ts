// Condition: acquire and release, wait with a timeout, RuntimeError without the lock,
// notify wakes one, notify_all wakes all, the woken thread waits for the notifier to give the lock up,
// a lock handed in, two conditions that share one lock, wait_for.
import { threading, time } from "pythreads";
import { getattr, isinstance, len, list, print, range, RuntimeError, with_ } from "pythreads/builtins";
const cond = threading.Condition();
for (const name of ["wait", "notify", "notify_all"]) {
  try {
    getattr(cond, name)();
  } catch (e) {
    if (isinstance(e, RuntimeError)) print(name, "RuntimeError", e);
    else throw e;
  }
}
cond.acquire();
print("wait timed out", cond.wait({ timeout: 0.05 }));
cond.release();
const woken = list<number>([]);
function waiter(n: number) {
  with_(cond, () => {
    cond.wait();
    woken.append(n);
  });
}
const threads = [...range(4)].map((n) => threading.Thread({ target: waiter, args: [n] }));
for (const t of threads) {
  t.start();
}
time.sleep(0.2);
with_(cond, () => {
  cond.notify();
  time.sleep(0.1);
  print("woken while the notifier holds the lock", len(woken));
});
time.sleep(0.2);
print("woken after notify()", len(woken));
with_(cond, () => {
  cond.notify(2);
});
time.sleep(0.2);
print("woken after notify(2)", len(woken));
with_(cond, () => {
  cond.notify_all();
});
for (const t of threads) {
  t.join();
}
print("woken after notify_all()", len(woken));
const lock = threading.Lock();
const not_empty = threading.Condition(lock);
const not_full = threading.Condition(lock);
const box = list<number>([]);
function put() {
  for (const n of range(5)) {
    with_(not_full, () => {
      not_full.wait_for(() => len(box) < 2);
      box.append(n);
      not_empty.notify();
    });
  }
}
const got = list<number>([]);
function get() {
  for (const n of range(5)) {
    with_(not_empty, () => {
      while (!box) {
        not_empty.wait();
      }
      got.append(box.pop(0));
      not_full.notify();
    });
  }
}
const pair = [threading.Thread({ target: put }), threading.Thread({ target: get })];
for (const t of pair) {
  t.start();
}
for (const t of pair) {
  t.join();
}
print("through two conditions on one lock", got);
const own = threading.Condition();
with_(own, () => {
  with_(own, () => {
    print("the default lock is an RLock");
  });
});
