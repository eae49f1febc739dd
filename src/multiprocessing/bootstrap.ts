// The life of a child process's main thread, from its Process object's run() to its exit code; and what a process does about
// its own children when it ends.

import { str } from "../builtins/repr";
import { tupleOf } from "../builtins/tuple";
import { handled, SystemExit } from "../exceptions";
import { ProcessWord, processSlot } from "../runtime/process";
import { formatException } from "../runtime/traceback";
import { ThreadExit } from "../runtime/wait";
import { read } from "../runtime/words";
import { printError } from "../sys/hooks";
import { forgetLocals } from "../threading/local";
import { _shutdown } from "../threading/shutdown";
import { runFinalizers } from "./finalizers";
import { active_children, current_process } from "./process";

interface Work {
  target: unknown;
  args: unknown[];
  kwargs: object;
}

/** Shuts down what the process has to, ends its daemon children, and waits for all of its children. */
export function _exit_function(): void {
  runFinalizers();
  for (const child of active_children()) if (child.daemon) child._popen!.terminate();
  for (const child of active_children()) child.join();
}

function bootstrap(): number {
  const self = current_process();
  const { target, args, kwargs } = read(processSlot(ProcessWord.Work)) as Work;
  Object.assign(self, { _target: target, _args: tupleOf(args), _kwargs: kwargs });
  try {
    return guarded(() => {
      try {
        self.run();
      } finally {
        _exit_function();
      }
    }, self.name);
  } finally {
    _shutdown();
  }
}

/** The exit code of a part of the process's life. */
function guarded(part: () => void, name: string): number {
  try {
    part();
    return 0;
  } catch (error) {
    if (error instanceof ThreadExit) throw error;
    if (error instanceof SystemExit) return exitCode(error.code);
    printError(`Process ${name}:\n${formatException(error)}`);
    return 1;
  }
}

/** What os._exit makes of a code. */
function exitCode(code: unknown): number {
  if (code === null || code === undefined) return 0;
  if (typeof code === "boolean" || (typeof code === "number" && Number.isInteger(code))) return Number(code) & 0xff;
  printError(`${str(code)}\n`);
  return 1;
}

/** Runs the main thread of a child process. Gives back the exit code. */
export function runProcess(): number {
  try {
    return bootstrap();
  } finally {
    handled.error = null;
    forgetLocals();
  }
}
