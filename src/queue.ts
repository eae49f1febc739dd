// Python's queue module.
export { Empty, Full } from "./queue/errors";
export { Queue } from "./queue/queue";
