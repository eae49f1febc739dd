// Each line printed: a name, and operations per second. What is shared here is what another thread has been given.
import { queue, sys, threading, time } from "pythreads";
import { dict, int, list, object, print, range } from "pythreads/builtins";

function rate(name: string, n: number, work: (n: number) => void) {
  let best = 0;
  for (const round of range(3)) {
    const begin = time.perf_counter();
    work(n);
    best = Math.max(best, n / (time.perf_counter() - begin));
  }
  print(name, best);
}

class Point extends object {
  x: number;
  y: number;

  constructor(x: number, y: number) {
    super();
    this.x = x;
    this.y = y;
  }

  step() {
    this.x = this.x + 1;
    this.y = this.y - this.x;
    return this.y;
  }
}

function nothing(...args: unknown[]) {}

function share(...args: unknown[]) {
  const t = threading.Thread({ target: nothing, args });
  t.start();
  t.join();
}

function list_get(l: any, n: number) {
  let total = 0;
  for (const i of range(n)) total += l[i % 1000];
  return total;
}

function list_set(l: any, n: number) {
  for (const i of range(n)) l[i % 1000] = i;
}

function list_append_pop(l: list, n: number) {
  for (const i of range(n)) {
    l.append(i);
    l.pop();
  }
}

function dict_get(d: any, n: number) {
  let total = 0;
  for (const i of range(n)) total += d["key7"];
  return total;
}

function dict_get_number(d: any, n: number) {
  let total = 0;
  for (const i of range(n)) total += d[i % 1000];
  return total;
}

function dict_set(d: any, n: number) {
  for (const i of range(n)) d["key7"] = i;
}

function method(p: Point, n: number) {
  for (const i of range(n)) p.step();
}

function measure(storage: string, n: number, l: list, d: dict, numbers: dict, p: Point) {
  rate(`list_get_${storage}`, n, (n) => list_get(l, n));
  rate(`list_set_${storage}`, n, (n) => list_set(l, n));
  rate(`list_append_pop_${storage}`, n, (n) => list_append_pop(l, n));
  rate(`dict_get_${storage}`, n, (n) => dict_get(d, n));
  rate(`dict_get_number_${storage}`, n, (n) => dict_get_number(numbers, n));
  rate(`dict_set_${storage}`, n, (n) => dict_set(d, n));
  rate(`method_${storage}`, n, (n) => method(p, n));
}

function through_queue(item: unknown, n: number) {
  const q = queue.Queue();
  for (const i of range(n)) {
    q.put(item);
    q.get();
  }
}

/** How much two threads get done, each with an object of its own, in the time that one takes. */
function scaling(p: Point, other: Point, n: number) {
  const time_of = (objects: Point[]) => {
    const threads = objects.map((o) => threading.Thread({ target: method, args: [o, n] }));
    const begin = time.perf_counter();
    for (const t of threads) t.start();
    for (const t of threads) t.join();
    return time.perf_counter() - begin;
  };
  let best = 0;
  for (const round of range(4)) best = Math.max(best, (2 * time_of([p])) / time_of([p, other]));
  print("scaling_two_objects", best);
}

function make(n: number) {
  for (const i of range(n)) new Point(i, i);
}

if (__name__ === "__main__") {
  const scale = sys.argv.length > 1 ? Number(sys.argv[1]) : 1;
  const n = int(5000000 * scale);
  const l = list(range(1000));
  const d = dict([...range(1000)].map((i) => [`key${i}`, i] as const));
  const numbers = dict([...range(1000)].map((i) => [i, i] as const));
  const p = new Point(0, 0);
  rate("instance_new", n, make);
  measure("local", n, l, d, numbers, p);
  const other = new Point(0, 0);
  share(l, d, numbers, p, other);
  measure("shared", n, l, d, numbers, p);
  rate("queue_int", int(n / 5), (n) => through_queue(1, n));
  rate("queue_list", int(n / 5), (n) => through_queue(l, n));
  rate("queue_instance", int(n / 5), (n) => through_queue(p, n));
  scaling(p, other, n);
}
