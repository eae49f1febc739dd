// Iterators that are sent: those that pickle knows arrive, a generator does not.
import { enumerate, filter, iter, list, map, next, pow, print, range, reversed, setattr, sum, tuple, type, with_, zip } from "pythreads/builtins";
import { Pipe, Pool, Process, Queue } from "pythreads/multiprocessing";

function double(x: any) {
  return x * 2;
}

function* generator() {
  yield 1;
}

function attempt(name: string, f: any) {
  try {
    print(name, f());
  } catch (e: any) {
    print(name, type(e).__name__, e);
  }
}

function pairs(n: number) {
  return zip(range(n), map(double, range(n)));
}

function child(q: any, done: any) {
  for (const x of q.get()) done.put(x);
  done.put(null);
}

function main() {
  const [a, b] = Pipe();

  function sent(x: any) {
    a.send(x);
    return list(b.recv());
  }

  attempt("map", () => sent(map(double, [1, 2])));
  attempt("map of two", () => sent(map(pow as any, [2, 3], iter([4, 2]))));
  attempt("filter", () => sent(filter(null, [0, 1, 2])));
  attempt("filter", () => sent(filter(double, tuple([0, 3]))));
  attempt("zip", () => sent(zip([1, 2], "ab")));
  attempt("strict", () => sent(zip([1, 2], "abc", { strict: true })));
  attempt("enumerate", () => sent(enumerate("ab", 5)));
  attempt("reversed", () => sent(reversed([1, 2, 3])));
  attempt("iter", () => sent(iter([1, 2])));
  attempt("text", () => sent(iter("ab")));
  attempt("nested", () => sent(enumerate(zip("ab", filter(null, [0, 7, 8])))));
  const begun = zip([1, 2, 3], "abc");
  const numbered = enumerate("abc");
  const rest = iter([1, 2, 3]);
  print(next(begun), next(numbered), next(rest));
  attempt("begun", () => sent(begun));
  attempt("numbered", () => sent(numbered));
  attempt("rest", () => sent(rest));
  attempt("generator", () => sent(generator()));
  attempt("map of a generator", () => sent(map(double, generator())));
  attempt("nested", () => sent([1, { x: generator() }]));
  with_(Pool(2), (pool: any) => {
    attempt("result", () => list(pool.apply(pairs, [3])));
    attempt("argument", () => pool.apply(sum, [map(double, [1, 2, 3])]));
    attempt("map", () => pool.map(double, generator()));
  });
  const [q, done] = [Queue(), Queue()];
  const p = Process({ target: child, args: [q, done] });
  p.start();
  q.put(map(double, [1, 2]));
  print(list(iter(done.get, null)));
  p.join();
  for (const name of ["pid", "exitcode", "sentinel", "ident"]) attempt(name, () => setattr(p, name, 1));
}

if (__name__ === "__main__") main();
