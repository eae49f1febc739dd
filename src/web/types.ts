// What a page's "pythreads" has, as types: those of index.browser.ts, and the classes of Python's modules.
export * from "../library";
export { targets } from "../targets";
export { ready } from "./ready";
export { type Program, type RunOptions, run } from "./run";
