// pythreads in a page: what starts a program.
export { type Program, type RunOptions, run } from "./web/run";
