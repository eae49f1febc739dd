// Sleeping threads let others run, and so do busy ones. (Here there is no interpreter lock: the busy ones run side by side.)
import { sys, threading, time } from "pythreads";
import { all, list, print, range } from "pythreads/builtins";
print("switch interval", sys.getswitchinterval());
sys.setswitchinterval(0.001);
print("switch interval", sys.getswitchinterval());
function sleeper() {
  time.sleep(0.3);
}
const begin = time.time();
let ts = [...range(10)].map((n) => threading.Thread({ target: sleeper }));
for (const t of ts) {
  t.start();
}
for (const t of ts) {
  t.join();
}
print("ten sleeps at once", time.time() - begin < 1.5);
let stop = false;
const counts = list([0, 0]);
function count(n: number) {
  while (!stop) {
    counts[n] += 1;
  }
}
ts = [...range(2)].map((n) => threading.Thread({ target: count, args: [n] }));
for (const t of ts) {
  t.start();
}
time.sleep(0.3);
stop = true;
for (const t of ts) {
  t.join();
}
print("both busy threads got on", all(counts));
