// Processes that leave many objects behind, and what others keep meanwhile.
import { multiprocessing as mp, queue, threading } from "pythreads";
import { eq, list, print, range } from "pythreads/builtins";

function litter(ready: any) {
  const q = queue.Queue();
  for (const _ of range(4000)) {
    q.put(threading.Lock());
    q.get();
  }
  ready.set();
  threading.Event().wait();
}

function carry(numbers: any, results: any) {
  results.put([...numbers].map((n: number) => n * n));
}

if (__name__ === "__main__") {
  const results = mp.Queue();
  const kept = list([...range(20)].map((i) => list(range(i, i + 200))));
  let good = 0;
  for (const round of range(10)) {
    const ready = mp.Event();
    const p = mp.Process({ target: litter, args: [ready] });
    p.start();
    ready.wait();
    p.terminate();
    p.join();
    const c = mp.Process({ target: carry, args: [range(2000), results] });
    c.start();
    good += Number(eq(results.get(), list([...range(2000)].map((n) => n * n))));
    c.join();
    good += Number(eq(kept, list([...range(20)].map((i) => list(range(i, i + 200))))));
  }
  print(good, "of 20");
}
