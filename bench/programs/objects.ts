// Each line printed: a name, and operations per second. What is shared here is what another thread has been given.
import { sys, threading, time } from "pythreads";
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
  share(l, d, numbers, p);
  measure("shared", n, l, d, numbers, p);
}
