// Python's atexit module: functions that are called when the program ends.
//
// The main thread keeps its own functions, which may be closures; what another thread registers it hands over through a
// shared list.
import { signature } from "./arguments";
import { list } from "./builtins/list";
import { TypeError } from "./exceptions";
import { me } from "./kernel/kernel";
import { defineAll } from "./registry";
import { beforeExit, ExitPhase } from "./runtime/exit";
import { callWithKeywords } from "./runtime/functions";
import { processValue } from "./runtime/once";
import { mainThreadAddress, onAttach, pid } from "./runtime/process";
import { ThreadExit } from "./runtime/wait";
import { callUnraisablehook } from "./sys/hooks";

interface Registered {
  func: (...args: any[]) => unknown;
  args: unknown[];
  kwargs: Record<string, unknown>;
}

let own: Registered[] = [];
// A carrier may be the main thread of one process after another.
onAttach(() => {
  own = [];
});

const bindRegister = signature<[func: Registered["func"], args: unknown[], kwargs: Record<string, unknown>]>(
  "register(func, *args, **kwargs)",
);

// In this order: the first use of the kernel may be what makes this thread the main one.
const isMain = () => mainThreadAddress() === me;

/** Each with the number of its process: a forked one has a copy of its parent's. */
type Given = Registered & { owner: number };
type HandedOver = { append(entry: Given): void; pop(index: number): Given; length: number };
const HANDED_OVER = "atexit.$handed_over";

/** What other threads have handed over. */
function handedOver(): HandedOver {
  return processValue<HandedOver>(HANDED_OVER, () => list([]));
}

function take(): void {
  const shared = handedOver();
  while (shared.length > 0) {
    const { owner, func, args, kwargs } = shared.pop(0);
    if (owner === pid()) own.push({ func, args, kwargs });
  }
}

/**
 * Registers a function that is called with these arguments when the program ends, after its threads have been waited for;
 * the one registered last is called first.
 *
 * @returns the function, so that it can be used as a decorator
 * @throws TypeError if `func` is no function; or if another thread than the main one gives a closure
 */
export function register<F extends (...args: any[]) => unknown>(func: F, ...args: unknown[]): F;
export function register(...given: unknown[]): unknown {
  const [func, args, kwargs] = bindRegister(given);
  if (typeof func !== "function") throw TypeError("the first argument must be callable");
  if (isMain()) {
    take();
    own.push({ func, args, kwargs });
  } else {
    handedOver().append({ func, args, kwargs, owner: pid() });
  }
  return func;
}

/** Takes a function back, however often it was registered. In the main thread only; elsewhere nothing happens. */
export function unregister(func: Function): void {
  take();
  own = own.filter((entry) => entry.func !== func);
}

/** How many calls are registered. */
export function _ncallbacks(): number {
  take();
  return own.length;
}

/** Forgets all that is registered. */
export function _clear(): void {
  take();
  own = [];
}

/** Calls all that is registered, and forgets it. An error is told to sys.unraisablehook, and the others are called. */
export function _run_exitfuncs(): void {
  for (take(); own.length > 0; take()) {
    const { func, args, kwargs } = own.pop()!;
    try {
      callWithKeywords(func, args, kwargs);
    } catch (error) {
      if (error instanceof ThreadExit) throw error;
      callUnraisablehook(error, "Exception ignored in atexit callback", func);
    }
  }
}

beforeExit(ExitPhase.Functions, _run_exitfuncs);
defineAll("atexit", { register, unregister, _ncallbacks, _clear, _run_exitfuncs });
