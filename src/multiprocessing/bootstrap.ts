// The life of a child process's main thread, from its Process object's run() to its exit code; and what a process does about
// its own children when it ends.

import { str } from "../builtins/repr";
import { tupleOf } from "../builtins/tuple";
import { handled, SystemExit } from "../exceptions";
import { ExitPhase, runPhase } from "../runtime/exit";
import { processSlot, setCounter } from "../runtime/process";
import { Counter, ProcessWord } from "../runtime/process_words";
import { formatException } from "../runtime/traceback";
import { ThreadExit } from "../runtime/wait";
import { read, write } from "../runtime/words";
import { printError } from "../sys/hooks";
import { forgetLocals } from "../threading/local";
import { _shutdown } from "../threading/shutdown";
import { beginForked, runFinalizers } from "./finalizers";
import { active_children, current_process } from "./process";
import { debug, info, takeLogging } from "./util/logging";
import type { Work } from "./work";

/** Shuts down what the process has to, ends its daemon children, and waits for all of its children. */
export function _exit_function(): void {
  info("process shutting down");
  debug('running all "atexit" finalizers with priority >= 0');
  runFinalizers();
  for (const child of active_children()) {
    if (!child.daemon) continue;
    info("calling terminate() for daemon %s", child.name);
    child._popen!.terminate();
  }
  for (const child of active_children()) {
    // A pool may have put another worker in an ended one's place meanwhile.
    if (child.daemon) child._popen!.terminate();
    info("calling join() for process %s", child.name);
    child.join();
  }
  debug('running the remaining "atexit" finalizers');
}

function bootstrap(): number {
  setCounter(Counter.Bootstrapping, 0);
  const { target, args, kwargs, process, logging } = read(processSlot(ProcessWord.Work)) as Work;
  // Up to here it was a copy as forks make them, for what the modules' bodies have asked.
  if (process) write(processSlot(ProcessWord.Current), process);
  const self = current_process();
  Object.assign(self, { _target: target, _args: tupleOf([...args]), _kwargs: kwargs });
  takeLogging(logging);
  let code = 1;
  try {
    code = guarded(() => {
      try {
        if (process === null) beginForked();
        info("child process calling self.run()");
        self.run();
      } finally {
        _exit_function();
      }
    }, self.name);
    return code;
  } finally {
    _shutdown();
    info("process exiting with exitcode %s", code);
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
    const code = bootstrap();
    // As from CPython 3.13 on, whose forked children call them, too.
    runPhase(ExitPhase.Functions);
    return code;
  } finally {
    handled.error = null;
    forgetLocals();
  }
}
