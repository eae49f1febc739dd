// queue.Full, queue.Empty, blocking, timeouts, join with task_done.
import { threading, time } from "pythreads";
import { isinstance, list, print, range, tuple, ValueError } from "pythreads/builtins";
import * as queue from "pythreads/queue";
let q = queue.Queue(2);
q.put(1);
q.put(2);
print(q.qsize(), q.empty(), q.full());
for (const args of [tuple([3, false]), tuple([3, true, 0.05])]) {
  try {
    q.put(...args);
  } catch (e) {
    if (isinstance(e, queue.Full)) print("Full", args);
    else throw e;
  }
}
try {
  q.put_nowait(3);
} catch (e) {
  if (isinstance(e, queue.Full)) print("Full put_nowait");
  else throw e;
}
print(q.get(), q.get());
for (const args of [tuple([false]), tuple([true, 0.05])]) {
  try {
    q.get(...args);
  } catch (e) {
    if (isinstance(e, queue.Empty)) print("Empty", args);
    else throw e;
  }
}
try {
  q.get_nowait();
} catch (e) {
  if (isinstance(e, queue.Empty)) print("Empty get_nowait");
  else throw e;
}
function late_put() {
  time.sleep(0.1);
  q.put("late");
}
const t = threading.Thread({ target: late_put });
t.start();
print("get waited for", q.get({ timeout: 5 }));
t.join();
q = queue.Queue();
for (const n of range(3)) {
  q.put(n);
}
const done = list<number>([]);
function worker() {
  for (const n of range(3)) {
    done.append(q.get());
    q.task_done();
  }
}
threading.Thread({ target: worker }).start();
q.join();
print("join returned with", done);
try {
  q.task_done();
} catch (e) {
  if (isinstance(e, ValueError)) print("ValueError", e);
  else throw e;
}
const life = queue.LifoQueue();
const prio = queue.PriorityQueue();
for (const n of [2, 3, 1]) {
  life.put(n);
  prio.put(n);
}
print("last in, first out", [...range(3)].map((n) => life.get()));
print("smallest first", [...range(3)].map((n) => prio.get()));
