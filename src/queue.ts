// Python's queue module.

export { Empty, Full, ShutDown } from "./queue/errors";
export { Queue } from "./queue/queue";
export { SimpleQueue } from "./queue/simple";
export { LifoQueue, PriorityQueue } from "./queue/variants";
