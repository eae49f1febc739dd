// Twelve producers and ten consumers on one bounded queue.
import { threading } from "pythreads";
import { len, list, print, range } from "pythreads/builtins";
import * as queue from "pythreads/queue";
const message = queue.Queue(10);
function producer(i: number) {
  for (const n of range(10)) {
    message.put(i);
  }
}
function consumer(i: number) {
  for (const n of range(12)) { // 12 producers x 10 = 10 consumers x 12
    const msg = message.get();
    taken.append(msg);
  }
}
const taken = list<number>([]);
const threads = list<threading.Thread>([]);
for (const i of range(12)) {
  const t = threading.Thread({ target: producer, args: [i] });
  t.start();
  threads.append(t);
}
for (const i of range(10)) {
  const t = threading.Thread({ target: consumer, args: [i] });
  t.start();
  threads.append(t);
}
for (const t of threads) {
  t.join();
}
print("messages", len(taken), "each number", new Set([...range(12)].map((i) => taken.count(i))), "left", message.qsize());
