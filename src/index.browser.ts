// pythreads in a page: Python's modules under their names, and what starts a program. Its types are those of web/types.ts.
export { targets } from "./targets";
export * from "./web/modules";
export { ready } from "./web/ready";
export { type Program, type RunOptions, run } from "./web/run";
