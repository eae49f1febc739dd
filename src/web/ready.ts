// The library in a page's own modules, without a compiled port.
import { beginHere, enterContext, isCarrier, whenAttached } from "../runtime/host_program";
import { demandIsolation } from "./isolation";

enterContext();

let begun: Promise<void> | undefined;

/**
 * Begins the program of this page, whose own thread is then an event loop among its threads: `await ready()` before the
 * library is used. In the threads' copies of a module it is done when the thread belongs to the program.
 *
 * @throws Error if the page is not cross-origin isolated, or has no memory to share; it says what to do
 */
export function ready(): Promise<void> {
  if (isCarrier()) return whenAttached;
  begun ??= begin();
  return begun;
}

async function begin(): Promise<void> {
  try {
    demandIsolation();
    const { kernelBytes } = await import("../platform/kernel_bytes");
    beginHere(await WebAssembly.compile(kernelBytes));
  } catch (error) {
    begun = undefined; // the next call may have more luck
    throw error;
  }
}
