// The kernel's exports, all functions over one shared memory. See ARCHITECTURE.md for the map.
export { allocator_init, memory_used } from "./allocator";
export {
  object_attach,
  object_attributes,
  object_facade,
  object_is_common,
  object_kind,
  object_make_common,
  object_release,
  object_retain,
  value_new,
} from "./object";
export { slot_load, slot_store, word_release } from "./word";
export * from "./attributes";
export { thread_bury } from "./burial";
export * from "./batch";
export * from "./carrier";
export * from "./condition";
export { cycles_collect } from "./cycles";
export * from "./dict";
export * from "./event";
export * from "./fork";
export * from "./handle";
export * from "./holdings";
export * from "./list";
export * from "./memory";
export * from "./mutex";
export * from "./namespace";
export * from "./pipe";
export * from "./pool";
export * from "./process";
export * from "./pulse";
export * from "./queue";
export * from "./record";
export * from "./rlock";
export * from "./semaphore";
export * from "./socket";
export * from "./thread";
export { kick, leave, waiter_new, waiter_node, waiter_sleep, waiter_taken } from "./waitqueue";
