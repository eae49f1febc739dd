// map, map_async, imap, imap_unordered, starmap, starmap_async.
import { Pool } from "pythreads/multiprocessing";
import { isinstance, list, next, pow, print, range, repr, sorted, tuple, ValueError, with_ } from "pythreads/builtins";
function square(x: number) {
  return x * x;
}
function power(x: number, y: number) {
  return pow(x, y);
}
function bad(x: number) {
  if (x === 2) {
    throw ValueError(`bad item ${x}`);
  }
  return x;
}
if (__name__ === "__main__") {
  with_(Pool(3), (pool) => {
    print("map", pool.map(square, range(6)));
    print("map with chunksize", pool.map(square, range(6), 4));
    let called = list<any>([]);
    let r = pool.map_async(square, [1, 2, 3], 1, called.append);
    print("map_async", r.get(10), r.ready(), r.successful());
    r.wait();
    print("callback", called);
    print("imap", list(pool.imap(square, range(6))));
    let it = pool.imap(square, range(3));
    print("imap next", next(it), it.next({ timeout: 5 }));
    print("imap_unordered", sorted(pool.imap_unordered(square, range(6), 2)));
    print("starmap", pool.starmap(power, [tuple([2, 3]), tuple([3, 2]), tuple([5, 1])]));
    called = list<any>([]);
    r = pool.starmap_async(power, [tuple([2, 2]), tuple([2, 5])], null, called.append);
    print("starmap_async", r.get(10), called);
    try {
      pool.map(bad, range(4));
    } catch (e: any) {
      if (!isinstance(e, ValueError)) throw e;
      print("map ValueError", e);
    }
    const errors = list<any>([]);
    r = pool.starmap_async(power, [tuple([0, -1])], { error_callback: errors.append });
    r.wait();
    print("error_callback", repr(errors[0]), r.successful());
    it = pool.imap(bad, range(4));
    print("imap", next(it), next(it));
    try {
      next(it);
    } catch (e: any) {
      if (!isinstance(e, ValueError)) throw e;
      print("imap ValueError", e);
    }
    print("imap goes on", next(it));
  });
}
