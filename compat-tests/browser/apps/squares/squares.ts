// A thread squares what it is given; an error of it is told by its lines.
import { threading } from "pythreads";
import { print, range } from "pythreads/builtins";
import { Queue } from "pythreads/queue";

const numbers = Queue();
const squares = Queue();

function work() {
  for (let n = numbers.get(); n !== null; n = numbers.get()) squares.put(n * n);
  throw new Error("no more numbers");
}

const t = threading.Thread({ target: work });
t.start();
for (const n of range(4)) numbers.put(n);
numbers.put(null);
t.join();
print([...range(4)].map(() => squares.get()));
