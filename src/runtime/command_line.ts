// The program's path and its arguments, for a module that is evaluated before they are known. A leaf.
let give = (_argv: string[]): void => {};

/** `take` gets them when this context becomes a part of the program. */
export function whenArgumentsKnown(take: (argv: string[]) => void): void {
  give = take;
}

export function tellArguments(argv: string[]): void {
  give(argv);
}
