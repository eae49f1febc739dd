// pythreads: Python's concurrency modules under their names, and what starts a program.
export * from "./library";
export { ready } from "./ready";
export { type RunOptions, run } from "./run";
export { targets } from "./targets";
