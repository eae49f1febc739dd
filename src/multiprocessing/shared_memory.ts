// Python's multiprocessing.shared_memory.
export { SharedMemory } from "./shared_memory/shared_memory";
