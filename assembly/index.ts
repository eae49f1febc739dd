// The kernel's exports, all functions over one shared memory. See ARCHITECTURE.md for the map.
export { allocator_init, memory_used } from "./allocator";
export { object_release, object_retain, value_new } from "./object";
export { slot_load, slot_store, word_release } from "./word";
export * from "./attributes";
export * from "./carrier";
export * from "./condition";
export * from "./event";
export * from "./list";
export * from "./mutex";
export * from "./namespace";
export * from "./process";
export * from "./queue";
export * from "./record";
export * from "./rlock";
export * from "./semaphore";
export * from "./thread";
export { kick, leave, NODE_SIZE } from "./waitqueue";
