// pythreads: Python's concurrency modules under their names, and what starts a program.
export * as queue from "./queue";
export * as threading from "./threading";
export * as time from "./time";
export { run, type RunOptions } from "./run";
