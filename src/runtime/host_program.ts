// A program without a compiled port: the library as a page or a Node program imports it.
//
// The context that imports it is the program's main thread, and its supervisor too, so it must not block. Its carriers are
// workers on a module of its targets: the library is imported there once more, finds out what it is, attaches, and serves
// when that module has been evaluated. A module that a thread's work names and its carrier has not met is imported then.
import { host } from "#platform";
import { supervisorHost } from "#platform/supervisor";
import { RuntimeError } from "../exceptions";
import { become, kernel, setBeginning } from "../kernel/kernel";
import { UnknownReference } from "../registry";
import { exitCallbacks } from "./exit";
import { HostProgram } from "./host_supervisor";
import { assignAll } from "./module_object";
import { plainFrames } from "./plain_frames";
import { attach } from "./program";
import { makeProgram } from "./supervisor";
import { serveAsCarrier, setLoading } from "./threads";
import { setFrameReader } from "./traceback";
import { forbidBlocking } from "./wait";

/** The module on which carriers are made: the first whose targets were named. */
let entry: string | undefined;
let program: HostProgram | undefined;

/** Ends the evaluation of a main module in a carrier, where its body is not to run. */
class Stop {
  readonly message = "the rest of the main module is the main thread's";
}

/** Begins the program of this context. Done at the first use of the kernel where the kernel can be had at once. */
export function beginHere(module = supervisorHost.kernelNow?.()): void {
  if (program) return;
  if (!module) throw RuntimeError("no program runs here yet: `await ready()` of pythreads first");
  const compiled = {
    code: "",
    isModule: true,
    variables: [],
    frames: (stack: string) => JSON.stringify(plainFrames(stack)),
  };
  const capture = supervisorHost.mayPause ? {} : { stdout: log, stderr: complain };
  program = makeProgram(HostProgram, compiled, capture, module, {
    file: "",
    start(data, events) {
      if (!entry) throw RuntimeError("no module's targets are known: name them by targets(import.meta.url, { … })");
      return supervisorHost.onModule(entry, supervisorHost.mainModule(entry)).start(data, events);
    },
    remove() {},
  });
  program.lend();
  const supervisor = program;
  host.send = (message) => supervisor.receive(message);
  attach(supervisor.here, supervisorHost.mayPause ? undefined : () => 0);
  forbidBlocking();
  setFrameReader(plainFrames);
  assignAll();
  supervisorHost.beforeExit(() => {
    for (const callback of exitCallbacks()) callback();
  });
}

const log = (text: string) => console.log(text.replace(/\n$/, ""));
const complain = (text: string) => console.error(text.replace(/\n$/, ""));

/** Whether the calling context is a carrier, which runs no module's body but to define what is in it. */
export const isCarrier = (): boolean => host.library !== undefined;

/** A module's targets have been named. In a carrier that ends the evaluation of the main module. */
export function enterModule(url: string): void {
  entry ??= url;
  if (!host.library || host.library.main !== url) return;
  const stop = new Stop();
  host.forgive(stop);
  throw stop;
}

let tellAttached: () => void;
/** In a carrier: done when it belongs to the program, which a page's carrier does not yet while its entry is evaluated. */
export const whenAttached = new Promise<void>((resolve) => {
  tellAttached = resolve;
});

function notYet(): never {
  throw RuntimeError(
    "this thread's copy of a module uses the library while it is loaded: `await ready()` of pythreads before",
  );
}

/** The life of a carrier. */
function serve(): void {
  setBeginning(notYet);
  host.boot((data) => {
    attach(data);
    tellAttached();
    // What stands at the top level of modules may use the kernel.
    const loader = kernel.thread_new(1, data.process) >>> 0;
    become(loader);
    setLoading(true);
    const evaluated = import(/* @vite-ignore */ /* webpackIgnore: true */ data.entry!);
    evaluated.catch(ignoreStop).then(ready);
    function ready(): void {
      setLoading(false, importMissing);
      become(0);
      kernel.object_release(loader);
      host.send({ kind: "ready" });
      serveAsCarrier(data.carrier);
    }
  });
}

function ignoreStop(error: unknown): void {
  if (!(error instanceof Stop)) throw error;
}

function importMissing(error: unknown): Promise<unknown> | undefined {
  if (!(error instanceof UnknownReference) || typeof error.reference.module !== "string") return undefined;
  return import(/* @vite-ignore */ /* webpackIgnore: true */ error.reference.module).catch(ignoreStop);
}

let isEntered = false;
/** What a bundler would leave out, as nobody in the program names it. */
let library: object | undefined;

/**
 * Makes the importing context what it is: a carrier, or one that begins a program when it first needs one.
 *
 * @param whole all of the library, of which threads may be given any object
 */
export function enterContext(whole = library): void {
  library = whole;
  if (isEntered) return;
  isEntered = true;
  if (isCarrier()) serve();
  else setBeginning(beginHere);
}
