// Python's queue module.
import "./builtins/crossing";

export { Empty, Full, ShutDown } from "./queue/errors";
export { Queue } from "./queue/queue";
export { SimpleQueue } from "./queue/simple";
export { LifoQueue, PriorityQueue } from "./queue/variants";
