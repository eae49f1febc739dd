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
export { attributes_at, attributes_cell, attributes_find, attributes_get, attributes_new, attributes_set } from "./attributes";
export { thread_bury } from "./burial";
export { barrier_abort, barrier_attempt, barrier_leave, barrier_new, barrier_pass, barrier_reset, barrier_wait, barrier_waiting } from "./barrier";
export { batch_attempt_await, batch_await, batch_bad, batch_chunk_size, batch_chunk_state, batch_end, batch_flags, batch_is_ready, batch_is_there, batch_length, batch_new, batch_pool, batch_settled, batch_settled_as, batch_tell, batch_work } from "./batch";
export { carrier_assign, carrier_await, carrier_bury, carrier_ending, carrier_finish, carrier_park, carrier_reserve, carrier_retire, carrier_state, carrier_thread, threads_alive } from "./carrier";
export { condition_attempt, condition_lock, condition_new, condition_notify, condition_waiters } from "./condition";
export { cycles_collect } from "./cycles";
export { dict_candidate, dict_clear, dict_get, dict_get_at, dict_has, dict_insert, dict_last, dict_length, dict_new, dict_next, dict_remove, dict_remove_at, dict_set, dict_set_at, dict_stamp, dict_value, dict_version } from "./dict";
export { event_attempt, event_clear, event_is_set, event_new, event_set, event_waiters } from "./event";
export { fork_copy, fork_end, fork_new, fork_run, fork_slot } from "./fork";
export { handle_bits, handle_clear, handle_new, handle_reads, handle_set, handle_writes, handles_inherit, queue_handle_new } from "./handle";
export { carrier_drop_holdings, carrier_more_holdings, holding_count } from "./holdings";
export { list_get, list_insert, list_length, list_moves, list_new, list_pop, list_pop_if, list_set, list_splice } from "./list";
export { memory_bytes, memory_format, memory_new, memory_size } from "./memory";
export { mutex_acquire, mutex_attempt, mutex_new, mutex_owner, mutex_release, mutex_waiters } from "./mutex";
export { namespace_count, namespace_new, namespace_slots } from "./namespace";
export { pipe_attempt_read, pipe_attempt_write, pipe_await, pipe_close, pipe_fail, pipe_is_unread, pipe_new, pipe_read, pipe_take_error, pipe_watch, pipe_write } from "./pipe";
export { batch_cancel, pool_count, pool_end, pool_enter, pool_has_ended, pool_hire_keeper, pool_join, pool_keep, pool_leave, pool_new, pool_place_batch, pool_put, pool_settle, pool_state, pool_strike, pool_take, pool_vacancy, pool_words, pool_workers } from "./pool";
export { place_leave, place_move, place_wait, thread_place } from "./place";
export { process_bit, process_count, process_counter, process_decide, process_enter, process_exit_code, process_leave, process_new, process_parent_pid, process_pid, process_set_counter, process_set_pid, process_settle, process_threads, process_words } from "./process";
export { pulse_condition } from "./pulse";
export { queue_attempt_get, queue_attempt_join, queue_attempt_put, queue_bound, queue_close, queue_get, queue_get_many, queue_is_closed, queue_join, queue_new, queue_put, queue_put_many, queue_set_bound, queue_size, queue_task_done, queue_unfinished, queue_waiters, queue_watch } from "./queue";
export { record_new, record_words } from "./record";
export { rlock_acquire, rlock_attempt, rlock_depth, rlock_new, rlock_release, rlock_set_depth } from "./rlock";
export { semaphore_acquire, semaphore_attempt, semaphore_bound, semaphore_new, semaphore_release, semaphore_value, semaphore_waiters } from "./semaphore";
export { socket_close, socket_is_closed, socket_new, socket_number, socket_reads, socket_writes } from "./socket";
export { thread_advance, thread_attempt_await, thread_await, thread_await_reply, thread_claim, thread_daemon, thread_expect_reply, thread_id, thread_interrupt, thread_interrupts, thread_mailbox, thread_native_id, thread_new, thread_process, thread_reply, thread_set_daemon, thread_set_native_id, thread_sleep, thread_state, thread_take_interrupts, thread_unclaim, thread_words } from "./thread";
export { kick, leave, waiter_new, waiter_node, waiter_sleep, waiter_taken } from "./waitqueue";
