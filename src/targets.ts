// The targets of threads in a program that is not compiled.
import { TypeError } from "./exceptions";
import * as library from "./library";
import { define } from "./registry";
import { enterContext, enterModule, isCarrier } from "./runtime/host_program";

enterContext(library);

/**
 * Makes functions, and classes, of a module known to all threads under their names here: those can be targets of threads and
 * stand among their arguments. Without the port compiler each thread has a copy of the module, which shares no variables
 * with the others: what is shared is given as arguments.
 *
 *     targets(import.meta.url, { producer, consumer });
 *
 * The threads' copies of a Node program's main module run up to this call and no further: what follows is the main thread's
 * alone. Any other module runs wholly in each of them.
 *
 * @param url the module: `import.meta.url`, or where a bundler has put it
 * @returns "__main__" in the thread in which the program began, "__mp_main__" in the others' copies
 * @throws TypeError if something else than a function or class is named
 */
export function targets(url: string | URL, functions: Record<string, Function>): "__main__" | "__mp_main__" {
  const module = new URL(url, globalThis.document?.baseURI).href;
  for (const [name, value] of Object.entries(functions)) {
    if (typeof value !== "function") throw TypeError(`targets(): '${name}' is not a function`);
    define(module, name, value);
  }
  enterModule(module);
  return isCarrier() ? "__mp_main__" : "__main__";
}
