// The library in a plain Node program: it begins by itself, so this is for programs that run in a page too.
import { beginHere, isCarrier } from "./runtime/host_program";

/** Begins the program of this thread, as its first use of the library does. A page must wait for it. */
export async function ready(): Promise<void> {
  if (!isCarrier()) beginHere();
}
