// Python's multiprocessing.shared_memory.
export { ShareableList } from "./shared_memory/shareable_list";
export { SharedMemory } from "./shared_memory/shared_memory";
