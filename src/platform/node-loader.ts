// How a worker on Node loads a program that is a script. V8 compiles half a megabyte anew in each worker, for a quarter of the time
// that a worker takes to start; so the first carrier that has compiled it gives what V8 can keep of that to those after it.

/** What the loader finds in the worker's data beside what the program finds there. */
export interface Loading {
  file: string;
  code: string;
  /** V8's data of an earlier worker's compilation. */
  compiled: Uint8Array | undefined;
  /** Whether that is wanted of this worker. */
  gives: boolean;
}

/** What the loader tells the supervisor's side. */
export interface Loaded {
  compiled: Uint8Array;
}

/** Runs in the worker, as text: it can refer to nothing around it. */
function load(): void {
  // Node makes these global for code that is given as text; a program does not expect them.
  const globals = globalThis as Record<string, any>;
  const { require } = globals;
  for (const name of ["require", "module", "exports", "__filename", "__dirname"]) delete globals[name];
  const { Script, constants } = require("node:vm") as typeof import("node:vm");
  const { createRequire } = require("node:module") as typeof import("node:module");
  const { parentPort, workerData } = require("node:worker_threads") as typeof import("node:worker_threads");
  const { file, code, compiled, gives } = workerData.loading as Loading;
  delete workerData.loading;
  const head = "(function (exports, require, module, __filename, __dirname) {";
  const script = new Script(`${head}${code}\n})`, {
    filename: file,
    columnOffset: -head.length,
    cachedData: compiled as Buffer | undefined,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (gives) parentPort!.postMessage({ compiled: script.createCachedData() } satisfies Loaded);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, file.replace(/[\\/][^\\/]*$/, ""));
}

export const LOADER = `(${load})()`;
