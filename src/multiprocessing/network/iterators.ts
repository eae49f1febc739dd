// JavaScript's iterators as objects of a server. Only the thread that has made one can go on with it: so that thread stays, and
// others ask it.
import { next } from "../../builtins/protocol";
import { type tuple, tupleOf } from "../../builtins/tuple";
import { isinstance } from "../../builtins/types";
import { BaseException } from "../../exceptions";
import { Queue } from "../../queue";
import { defineAll } from "../../registry";
import { hasIdentity } from "../../runtime/identity";
import { Instance } from "../../runtime/instance";
import { Lock } from "../../threading/lock";

type Answer = tuple<any> & [raised: boolean, value: unknown];

export function isIterator(object: any): object is Iterator<unknown> {
  return typeof object === "object" && object !== null && !hasIdentity(object) && typeof object.next === "function";
}

/** Stands for an iterator in all threads but its own. */
export class RemoteIterator extends Instance {
  declare _asked: Queue;
  declare _answers: Queue<Answer>;
  declare _lock: Lock;

  constructor() {
    super();
    this._asked = Queue();
    this._answers = Queue();
    this._lock = Lock();
  }

  _ask(name: string, ...args: unknown[]): unknown {
    this._lock.acquire();
    try {
      this._asked.put([name, ...args]);
      const [raised, value] = this._answers.get();
      if (raised) throw value;
      return value;
    } finally {
      this._lock.release();
    }
  }

  __next__(): unknown {
    return this._ask("next");
  }

  send(value: unknown): unknown {
    return this._ask("send", value);
  }

  throw(error: unknown): unknown {
    return this._ask("throw", error);
  }

  close(): unknown {
    return this._ask("close");
  }

  /** What the iterator's own thread does, for ever: it is a daemon. */
  serve(iterator: Iterator<unknown>): never {
    while (true) {
      const [name, value] = this._asked.get();
      this._answers.put(tupleOf(answerOf(() => resume(iterator, name, value))) as Answer);
    }
  }
}

function answerOf(step: () => unknown): [raised: boolean, value: unknown] {
  try {
    return [false, step()];
  } catch (error) {
    if (!isinstance(error, BaseException)) throw error;
    return [true, error];
  }
}

/** Python's methods of generators by JavaScript's. */
function resume(iterator: Iterator<unknown>, name: string, value: unknown): unknown {
  if (name === "next") return next(iterator);
  if (name === "close") return void iterator.return?.();
  const resumed = { next: () => (name === "send" ? iterator.next(value as never) : iterator.throw!(value)) };
  return next(resumed);
}

defineAll("multiprocessing.managers", { RemoteIterator });
