// Python's multiprocessing.queues.
export { Empty, Full } from "../queue/errors";
export { JoinableQueue, Queue } from "./queues/queue";
export { SimpleQueue } from "./queues/simple";
