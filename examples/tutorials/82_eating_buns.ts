// Cooks and eaters around one bounded queue of buns.
import { threading, time } from "pythreads";
import { len, list, print, range } from "pythreads/builtins";
import * as queue from "pythreads/queue";
const buns = queue.Queue(3);
const eaten = list<string>([]);
function cook(name: string, count: number) {
  for (const n of range(count)) {
    buns.put(`${name} bun ${n}`);
    time.sleep(0.01);
  }
}
function eat(name: number) {
  while (true) {
    const bun = buns.get();
    if (bun === null) {
      break;
    }
    eaten.append(bun);
    print(`${bun} is eaten`);
  }
}
const cooks = ["meat", "bean"].map((name) => threading.Thread({ target: cook, args: [name, 5] }));
const eaters = [...range(3)].map((n) => threading.Thread({ target: eat, args: [n] }));
for (const t of [...cooks, ...eaters]) {
  t.start();
}
for (const t of cooks) {
  t.join();
}
for (const t of eaters) {
  buns.put(null);
}
for (const t of eaters) {
  t.join();
}
print("buns", len(eaten), "left", buns.qsize());
