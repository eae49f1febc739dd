// What a manager's containers are made of and updated with.
import { dict, print, range, tuple, type, with_ } from "pythreads/builtins";
import { Manager } from "pythreads/multiprocessing";

function main() {
  const pairs: any = [tuple([1, 2]), tuple(["three", [4]])];
  with_(Manager(), (m) => {
    const d = m.dict(pairs);
    print(d, m.dict(tuple(pairs)), m.dict(dict(pairs)), m.dict({ a: 1 }), m.dict(d));
    d.update([tuple(["e", 1])]);
    d.update(tuple([tuple(["f", 2]), ["g", [3]]]));
    d.update({ h: { i: 4 } });
    d.update({ j: 5 });
    d.update(m.dict({ k: 6 }));
    print(d, d.__len__(), d["g"], d["h"]);
    d["g"].append(4);
    print(d["g"], m.list(pairs), m.list(range(3)), m.list("ab"));
    for (const wrong of [3, [3], [tuple([1, 2, 3])]]) {
      try {
        d.update(wrong);
      } catch (e: any) {
        print(type(e).__name__, e);
      }
    }
  });
  print(dict(pairs), dict([pairs[0]]));
}

if (__name__ === "__main__") main();
