// What a pool raises, and how an error that a task raised comes back.
import { repr } from "../../builtins/repr";
import { callable } from "../../callable";
import { Exception } from "../../exceptions";
import { defineAll } from "../../registry";
import { formatException } from "../../runtime/traceback";
import { ProcessError, TimeoutError } from "../errors";

/** Raised by get() where a task's result could not be sent: its `value` and the reason, `exc`, as texts. */
export const MaybeEncodingError = callable(
  class extends Exception {
    static readonly __module__: string = "multiprocessing.pool";
    declare exc: string;
    declare value: string;

    constructor(exc: unknown, value: unknown) {
      super(repr(exc), repr(value));
      this.exc = repr(exc);
      this.value = repr(value);
    }

    override __str__(): string {
      return `Error sending result: '${this.value}'. Reason: '${this.exc}'`;
    }

    override __repr__(): string {
      return `<${this.constructor.name}: ${this.__str__()}>`;
    }
  },
  "MaybeEncodingError",
);

/**
 * Raised by get() where the worker died that ran the task, or the pool was terminated before the task was done. CPython
 * has no such error: there get() waits for ever.
 */
export const WorkerLostError = callable(
  class extends ProcessError {
    static override readonly __module__: string = "multiprocessing.pool";
  },
  "WorkerLostError",
);

/** Raised by get() where a task ran longer than its `time_limit`; its worker was ended and replaced. */
export const TimeLimitExceeded = callable(
  class extends TimeoutError {
    static override readonly __module__: string = "multiprocessing.pool";
  },
  "TimeLimitExceeded",
);

/** The cause of an error that a worker process raised: the traceback that it would have printed there. */
export const RemoteTraceback = callable(
  class extends Exception {
    static readonly __module__: string = "multiprocessing.pool";
    /** The text, made when it is first asked for. */
    declare tb: string;

    constructor(tb: string) {
      super();
      this.tb = tb;
    }

    override __str__(): string {
      return this.tb;
    }
  },
  "RemoteTraceback",
);

/** Gives an error that came from a worker process the cause that tells where it was raised. */
export function withRemoteTraceback(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const remote = Object.create(Object.getPrototypeOf(error), Object.getOwnPropertyDescriptors(error)) as Error;
  const cause = RemoteTraceback("");
  let text: string | undefined;
  Object.defineProperty(cause, "tb", {
    get: () => (text ??= `\n"""\n${formatException(remote)}"""`),
    configurable: true,
    enumerable: true,
  });
  Object.defineProperty(error, "cause", { value: cause, writable: true, configurable: true });
  Object.defineProperty(error, "stack", { value: new Error().stack, writable: true, configurable: true });
  return error;
}

defineAll("multiprocessing.pool", { MaybeEncodingError, WorkerLostError, TimeLimitExceeded, RemoteTraceback });
