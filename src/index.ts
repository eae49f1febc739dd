// pythreads: Python's concurrency modules under their names, and what starts a program.
export * from "./library";
export { run, type RunOptions } from "./run";
