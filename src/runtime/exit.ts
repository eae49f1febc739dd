// What happens between the end of the main thread's code and the end of the program.

const callbacks: (() => void)[] = [];

/** Registers what happens when the main thread's code has ended; last registered, first called. */
export function beforeExit(callback: () => void): void {
  callbacks.push(callback);
}

/** Takes the callbacks in the order in which they are to be called. */
export function takeExitCallbacks(): (() => void)[] {
  return callbacks.splice(0).reverse();
}
