// Who hears of errors that nobody caught: sys.excepthook and sys.unraisablehook.
import { repr } from "../builtins/repr";
import { type Class, type } from "../builtins/types";
import { defineAll } from "../registry";
import { setReportUncaught } from "../runtime/exit";
import { write } from "../runtime/output";
import { formatUncaught } from "../runtime/traceback";
import { sys } from "../sys";

export type ExceptHook = (type: Class, value: unknown, traceback: unknown) => void;

/** What `sys.unraisablehook` is called with. */
export interface UnraisableHookArgs {
  exc_type: Class;
  exc_value: unknown;
  exc_traceback: unknown;
  /** What failed; None means "Exception ignored in". */
  err_msg: string | null;
  /** The function in which it happened. */
  object: unknown;
}

/** Writes to what sys.stderr is at this moment; nowhere if the program has taken it away. */
export function printError(text: string): void {
  sys.stderr?.write(text);
}

/** Prints an error with its traceback to sys.stderr. */
export function excepthook(_type: Class, value: unknown, _traceback: unknown): void {
  printError(formatUncaught(value));
}

/** Prints an error that could be raised nowhere: "Exception ignored in …", and its traceback. */
export function unraisablehook({ exc_value, err_msg, object }: UnraisableHookArgs): void {
  printError(`${err_msg ?? "Exception ignored in"}: ${repr(object)}\n${formatUncaught(exc_value)}`);
}

/** Tells the program's unraisablehook of an error. */
export function callUnraisablehook(error: unknown, err_msg: string, object: unknown): void {
  try {
    sys.unraisablehook({ exc_type: type(error), exc_value: error, exc_traceback: traceback(error), err_msg, object });
  } catch (failure) {
    unraisablehook({
      exc_type: type(failure),
      exc_value: failure,
      exc_traceback: traceback(failure),
      err_msg: "Exception ignored in sys.unraisablehook",
      object: sys.unraisablehook,
    });
  }
}

/** The traceback object of an error, as far as it has one. */
export function traceback(error: unknown): unknown {
  return (error as { __traceback__?: unknown } | null)?.__traceback__ ?? null;
}

setReportUncaught((error) => {
  try {
    sys.excepthook(type(error), error, traceback(error));
  } catch (failure) {
    write(2, `Error in sys.excepthook:\n${formatUncaught(failure)}\nOriginal exception was:\n${formatUncaught(error)}`);
  }
});

defineAll("sys", { excepthook, unraisablehook });
