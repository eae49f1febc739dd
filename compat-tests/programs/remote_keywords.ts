// Keywords that a client of a manager gives to what the server makes and calls.
import { object, print, str, type } from "pythreads/builtins";
import { BaseManager } from "pythreads/multiprocessing/managers";

class Thing extends object {
  a: any;
  b: any;
  constructor(a: any, b: any = 5) {
    super();
    this.a = a;
    this.b = b;
  }

  m(x: any, y: any = 1) {
    return [this.a, this.b, x, y];
  }
}

function make(a: any, b = 2, c = 3) {
  return new Thing(a, b * 100 + c);
}

class Manager extends BaseManager {}

function attempt(f: any) {
  try {
    print(f());
  } catch (e: any) {
    print(type(e).__name__, e);
  }
}

function main() {
  const m: any = new Manager();
  m.start();
  const x = m.Thing(1, { b: 7 });
  attempt(() => x.m(2, { y: 9 }));
  attempt(() => x.m({ y: 4, x: 3 }));
  attempt(() => x.m(2, 3));
  attempt(() => x.m(2, { z: 3 }));
  attempt(() => m.make(1, { c: 5 }).m(0));
  attempt(() => m.Thing({ b: 1, a: 2 }).m(0));
  m.shutdown();
}

Manager.register("Thing", Thing);
Manager.register("make", make);
if (__name__ === "__main__") main();
