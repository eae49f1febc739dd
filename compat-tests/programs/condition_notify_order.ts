// A Condition wakes its waiters in the order in which they came.
import { threading, time } from "pythreads";
import { len, list, print, range, slice, sorted, with_ } from "pythreads/builtins";

const cond = threading.Condition();
const waiting = list<number>([]);
const woken = list<number>([]);

function waiter(n: number) {
  with_(cond, () => {
    waiting.append(n);
    cond.wait();
    woken.append(n);
  });
}

function count(items: list<number>) {
  return with_(cond, () => { // whoever has entered itself here has given the lock up by waiting
    return len(items);
  });
}

const threads = list<threading.Thread>([]);
for (const i of range(6)) {
  const t = threading.Thread({ target: waiter, args: [i] });
  t.start();
  threads.append(t);
  while (count(waiting) <= i) {
    time.sleep(0.001);
  }
}
print("waiting", waiting);

for (const i of range(3)) {
  with_(cond, () => {
    cond.notify();
  });
  while (count(woken) <= i) {
    time.sleep(0.001);
  }
}
print("one by one", woken);

with_(cond, () => {
  cond.notify(2);
});
while (count(woken) < 5) {
  time.sleep(0.001);
}
print("two at once", sorted(woken.__getitem__(slice(3, null))));

with_(cond, () => {
  cond.notify_all();
});
for (const t of threads) {
  t.join();
}
print("the rest", woken.__getitem__(slice(5, null)));
with_(cond, () => {
  cond.notify();
  print("nobody left", cond.wait(0.01));
});
