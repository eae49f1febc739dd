// Classes as what a thread, a process or a pool's worker calls, also with keywords.
import { multiprocessing as mp, threading } from "pythreads";
import { isinstance, list, map, print, TypeError, with_ } from "pythreads/builtins";
import { ThreadPool } from "pythreads/multiprocessing/pool";

class Point {
  x: any;
  y: any;
  constructor(x: any, y: any = 5) {
    this.x = x;
    this.y = y;
  }

  show(before = "(", after = ")") {
    return `${before}${this.x} ${this.y}${after}`;
  }
}

class Sub extends Point {}

class Loud extends Point {
  constructor(...args: [any, any]) {
    super(...args);
    print(this.show());
  }
}

function attempt(f: any) {
  try {
    print(f());
  } catch (e) {
    if (!isinstance(e, TypeError)) throw e;
    print(e);
  }
}

const shown = (points: any) => list([...points].map((p: any) => p.show()));

function main() {
  for (const cls of [mp.Pool, ThreadPool] as any[]) {
    with_(cls(1), (pool: any) => {
      print(shown(pool.map(Point, [1, 2])));
      print(shown(pool.starmap(Sub, [[1, 2], [3]])));
      print(shown(pool.imap(Point, [1, 2])));
      print(pool.apply(Point, [3]).show(), pool.apply(Sub, [3], { y: 9 }).show());
      print(pool.apply_async(Point, { kwds: { y: 1, x: 2 } }).get().show("(", "!"));
      print(pool.apply(new Point(1).show, ["<"], { after: ">" }));
      attempt(() => pool.apply(Point, [3], { z: 9 }));
      attempt(() => pool.apply(Point, [3], { x: 9 }));
    });
  }
  for (const start of [threading.Thread, mp.Process] as any[]) {
    const t = start({ target: Loud, args: [1, 2] });
    t.start();
    t.join();
  }
  print(shown(map(Point as never, [7, 8])));
}

if (__name__ === "__main__") main();
