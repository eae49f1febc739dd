// What happens to an error that a thread's run() did not catch.
import { signature } from "../arguments";
import { repr } from "../builtins/repr";
import { type Class, type } from "../builtins/types";
import { callable } from "../callable";
import { SystemExit, TypeError } from "../exceptions";
import { kernel, me } from "../kernel/kernel";
import { defineAll, extendCodec } from "../registry";
import { assigned } from "../runtime/module_object";
import { formatUncaught } from "../runtime/traceback";
import { sys } from "../sys";
import { printError, traceback } from "../sys/hooks";
import type { Thread } from "./thread";

const FIELDS = ["exc_type", "exc_value", "exc_traceback", "thread"] as const;

class ExceptHookArgsType {
  static readonly n_fields = 4;
  static readonly n_sequence_fields = 4;
  static readonly n_unnamed_fields = 0;
  static readonly __module__ = "_thread";

  /** Class of the error. */
  readonly exc_type: Class;
  readonly exc_value: unknown;
  readonly exc_traceback: unknown;
  /** The thread that raised it; None if it is not known. */
  readonly thread: Thread | null;

  constructor(iterable: Iterable<unknown>) {
    const items = [...iterable];
    if (items.length !== 4) {
      throw TypeError(`_thread._ExceptHookArgs() takes a 4-sequence (${items.length}-sequence given)`);
    }
    [this.exc_type, this.exc_value, this.exc_traceback, this.thread] = items as [
      Class,
      unknown,
      unknown,
      Thread | null,
    ];
  }

  *[Symbol.iterator](): Iterator<unknown> {
    for (const field of FIELDS) yield this[field];
  }

  __repr__(): string {
    return `_thread._ExceptHookArgs(${FIELDS.map((field) => `${field}=${repr(this[field])}`).join(", ")})`;
  }
}

/** What `threading.excepthook` is called with: exc_type, exc_value, exc_traceback and thread. */
export const ExceptHookArgs = callable(ExceptHookArgsType, "_ExceptHookArgs");
export type ExceptHookArgs = ExceptHookArgsType;

extendCodec(ExceptHookArgsType, {
  name: "ExceptHookArgs",
  reduce: (args: ExceptHookArgsType) => [...args],
  restore: (items: unknown[]) => new ExceptHookArgsType(items),
});

const bindHook = signature<[args: unknown]>("excepthook(args: data, /)");

/**
 * Prints an error that a thread did not catch to sys.stderr, as "Exception in thread NAME:" and its traceback; nothing for
 * SystemExit. Assign `threading.excepthook` to do otherwise in all threads of the process; `threading.__excepthook__`
 * stays this one.
 *
 * @throws TypeError if the argument is not ExceptHookArgs
 */
export function excepthook(...given: [args: ExceptHookArgs]): void {
  const [args] = bindHook(given);
  if (!(args instanceof ExceptHookArgs)) throw TypeError("_thread.excepthook argument type must be ExceptHookArgs");
  if (args.exc_type === (SystemExit as unknown)) return;
  const name = args.thread === null ? kernel.thread_id(me) : args.thread.name;
  printError(`Exception in thread ${name}:\n${formatUncaught(args.exc_value)}`);
}

/** Tells the program's hook of an error, and of an error in the hook itself. */
export function callExcepthook(error: unknown, thread: Thread): void {
  const hook = assigned<(args: ExceptHookArgs) => void>("threading.excepthook", excepthook);
  try {
    hook(ExceptHookArgs([type(error), error, traceback(error), thread]));
  } catch (failure) {
    printError("Exception in threading.excepthook:\n");
    sys.excepthook(type(failure), failure, traceback(failure));
  }
}

defineAll("threading", { ExceptHookArgs, excepthook });
