// Counts primes on four threads that take ranges from one queue.
import { sys, threading } from "pythreads";
import { int, print, range, with_ } from "pythreads/builtins";
import { Queue } from "pythreads/queue";
import { is_prime } from "./sieve";

const limit = int(sys.argv[1]);
const ranges = Queue();
const lock = threading.Lock();
let total = 0;

function count() {
  while (true) {
    const first = ranges.get();
    if (first === null) return;
    let found = 0;
    for (const n of range(first, first + 1000)) if (is_prime(n)) found += 1;
    with_(lock, () => {
      total += found;
    });
  }
}

const threads = [...range(4)].map(() => threading.Thread({ target: count }));
for (const t of threads) t.start();
for (const first of range(0, limit, 1000)) ranges.put(first);
for (const _ of threads) ranges.put(null);
for (const t of threads) t.join();
print(`${total} primes below ${limit}`);
