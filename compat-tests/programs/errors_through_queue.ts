// An exception raised in one thread, handed to another through a queue: class, args and own fields arrive.
import { threading } from "pythreads";
import {
  Exception, isinstance, KeyError, LookupError, print, range, repr, str, tuple, type, ValueError,
} from "pythreads/builtins";
import * as queue from "pythreads/queue";

const results = queue.Queue();
const lock = threading.Lock();

class Refused extends Exception {
  declare what: string;
  declare code: number;
  constructor(what: string, code: number) {
    super(what, code);
    this.what = what;
    this.code = code;
  }
}

class Teapot extends Refused {
  __str__() {
    return `${this.what} (${this.code})`;
  }
}

function ask(n: number) {
  if (n === 0) {
    throw ValueError("no", 3);
  }
  if (n === 1) {
    throw new Refused("coffee", 403);
  }
  if (n === 2) {
    throw new Teapot("tea", 418);
  }
  if (n === 3) {
    lock.release();
  }
  if (n === 4) {
    queue.Queue().get_nowait();
  }
  if (n === 5) {
    throw KeyError("cup");
  }
  return "water";
}

function worker(n: number) {
  try {
    results.put(tuple([n, ask(n)]));
  } catch (e) {
    if (isinstance(e, Exception)) results.put(tuple([n, e]));
    else throw e;
  }
}

for (const i of range(7)) {
  const t = threading.Thread({ target: worker, args: [i] });
  t.start();
  t.join();
}

while (!results.empty()) {
  const [n, e] = results.get();
  if (isinstance(e, Refused)) {
    print(n, type(e).__name__, e.args, e.what, e.code, str(e));
  } else if (isinstance(e, Exception)) {
    print(n, type(e).__name__, e.args, repr(e), isinstance(e, LookupError));
  } else {
    print(n, e);
  }
}
