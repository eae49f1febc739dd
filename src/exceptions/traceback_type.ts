// What `__traceback__` holds: the engine's stack of an error, which the traceback module turns into the port's lines.
import { giveName } from "../builtins/classes";
import { extendCodec } from "../registry";

export class Traceback {
  static readonly __module__ = "builtins";

  constructor(readonly stack: string) {}
}

Object.defineProperty(Traceback, "name", { value: "traceback" });
giveName(Traceback);

const known = new WeakMap<Error, Traceback>();

/** The traceback of an error, the same each time. */
export function tracebackOf(error: Error): Traceback | null {
  let found = known.get(error);
  if (!found && error.stack) {
    found = new Traceback(error.stack);
    known.set(error, found);
  }
  return found ?? null;
}

extendCodec(Traceback, {
  name: "traceback",
  reduce: (traceback: Traceback) => traceback.stack,
  restore: (stack: string) => new Traceback(stack),
});
