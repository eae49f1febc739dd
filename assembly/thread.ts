// Thread records: what a thread is, what it waits with, and what others leave for it.
//
//    0  header           48  mailbox              120  second node, its place
//   16  id               56  reply sequence       176  those who wait for its state
//   20  state            60  native id            208  words: name, target with arguments, process
//   24  daemon           64  first node
//   32  interrupts, 36 spin budget, 40 spins not tried
//
//   INITIAL  → STARTING   thread_claim: one starter only      STARTED  → STOPPED   its code has ended, or its worker
//   STARTING → STARTED    its carrier has begun it            STARTING → FAILED    no carrier could be made → INITIAL
//
// Invariant: the nodes, the mailbox and the spin fields belong to the thread itself; the state only rises, but after FAILED.
// Commit point: the section that stores the state releases all who wait for it by one store (assembly/waitqueue.ts).
import { copySlot } from "./fork";
import { wake } from "./futex";
import * as layout from "./layout";
import { allocate, dropWords, object_retain, release } from "./object";
import { retain } from "./references";
import * as spin from "./spinlock";
import { Kind, Status, ThreadState } from "./status";
import * as queue from "./waitqueue";
import { objectWord, peek, pointee, releaseWord, UNSET } from "./word";

const ID: usize = 16;
const STATE: usize = 20;
const DAEMON: usize = 24;
export const INTERRUPTS: usize = 32;
const SPIN_BUDGET: usize = 36;
const SPINS_SKIPPED: usize = 40;
/** Words go in and out of the kernel here: 64 bits survive it, and it costs no allocation. */
export const MAILBOX: usize = 48;
const REPLY_SEQUENCE: usize = 56;
const NATIVE_ID: usize = 60;
export const NODE: usize = 64;
export const PLACE: usize = NODE + queue.NODE_SIZE;
const WATCHERS: usize = PLACE + queue.NODE_SIZE;
const WORDS: usize = WATCHERS + queue.QUEUE_SIZE;
const WORD_COUNT: i32 = 3;
/** The last of the words. */
const PROCESS: usize = WORDS + (<usize>(WORD_COUNT - 1) << 3);
const THREAD_SIZE: usize = WORDS + (<usize>WORD_COUNT << 3);

/**
 * Turns a thread may spin before it sleeps; a turn is one atomic load, 1–2 ns. Together about what it costs to wake a thread: with
 * less, two that hand work to and fro and have slept once would not meet awake again.
 */
const SPIN_MOST: i32 = 50000;
const SPIN_LEAST: i32 = 200;
/** One wait in so many is spun again after spinning has ceased to pay. */
const PROBE_EVERY: i32 = 16;
/** Turns of such a probe: longer than a sleeping peer needs to wake and answer, else two sleepers never find out. */
const PROBE: i32 = 100000;

/** A thread of `process`, which may be 0 for a thread that runs no code of the program's. */
export function thread_new(daemon: i32, process: usize): usize {
  const thread = allocate(Kind.Thread, THREAD_SIZE);
  if (thread == 0) return 0;
  // 30 bits, as a mutex keeps a flag beside the id.
  const id = ((atomic.add<i32>(layout.LAST_THREAD_ID, 1) + 1) & 0x3fffffff) | 0;
  store<i32>(thread + ID, id);
  store<i32>(thread + DAEMON, daemon);
  store<i32>(thread + SPIN_BUDGET, SPIN_MOST);
  store<i32>(thread + NODE + queue.OWNER, id);
  store<i32>(thread + PLACE + queue.OWNER, id);
  for (let i = 0; i < WORD_COUNT; i++) store<u64>(thread + WORDS + (<usize>i << 3), UNSET);
  if (process != 0) {
    object_retain(process);
    store<u64>(thread + PROCESS, objectWord(Kind.Process, process));
  }
  return thread;
}

// @ts-expect-error: decorator
@inline
export function threadId(thread: usize): i32 {
  return load<i32>(thread + ID);
}

export function thread_id(thread: usize): i32 {
  return threadId(thread);
}

/** The process of the thread, which holds it. */
export function thread_process(thread: usize): usize {
  return pointee(load<u64>(thread + PROCESS));
}

export function thread_state(thread: usize): i32 {
  return atomic.load<i32>(thread + STATE);
}

export function thread_daemon(thread: usize): i32 {
  return atomic.load<i32>(thread + DAEMON);
}

export function thread_set_daemon(thread: usize, daemon: i32): void {
  atomic.store<i32>(thread + DAEMON, daemon);
}

export function thread_native_id(thread: usize): i32 {
  return atomic.load<i32>(thread + NATIVE_ID);
}

export function thread_set_native_id(thread: usize, id: i32): void {
  atomic.store<i32>(thread + NATIVE_ID, id);
}

/** Address of the record's words, in the order of the drawing above. */
export function thread_words(thread: usize): usize {
  return thread + WORDS;
}

/** Address of the mailbox word. */
export function thread_mailbox(thread: usize): usize {
  return thread + MAILBOX;
}

/** Claims the right to start the thread. Invalid if it has been started before. */
export function thread_claim(thread: usize): i32 {
  return atomic.cmpxchg<i32>(thread + STATE, ThreadState.Initial, ThreadState.Starting) == ThreadState.Initial
    ? Status.Ok
    : Status.Invalid;
}

/** The start failed: the thread is as it was before it was claimed. */
export function thread_unclaim(thread: usize): void {
  atomic.store<i32>(thread + STATE, ThreadState.Initial);
}

/** Moves the thread to `state` and wakes those who wait for it. */
export function thread_advance(thread: usize, state: i32): void {
  spin.acquire(thread + layout.LOCK);
  atomic.store<i32>(thread + STATE, state);
  queue.releaseAll(thread + WATCHERS);
  spin.release(thread + layout.LOCK);
  settleThread(thread);
}

export function settleThread(thread: usize): void {
  queue.settle(thread, thread + WATCHERS);
}

export function isThreadUnsettled(thread: usize): bool {
  return queue.isUnsettled(thread + WATCHERS);
}

/** Waits until `target` has reached `state`. */
export function thread_await(target: usize, state: i32, thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  while (true) {
    let status = thread_attempt_await(target, state, node, deadline > 0);
    if (status == Status.Queued) status = queue.awaitRelease(target, node, thread, deadline);
    if (status != Status.Ok || atomic.load<i32>(target + STATE) >= state) return status;
  }
}

/** Ok if `target` has reached `state`; else queues `node`, whose grant tells of any change of state. */
export function thread_attempt_await(target: usize, state: i32, node: usize, wait: bool): i32 {
  spin.acquire(target + layout.LOCK);
  const reached = atomic.load<i32>(target + STATE) >= state;
  if (!reached && wait) queue.enqueue(target, target + WATCHERS, node);
  spin.release(target + layout.LOCK);
  return reached ? Status.Ok : wait ? Status.Queued : Status.Timeout;
}

/** Sleeps until the deadline, unless interrupted. */
export function thread_sleep(thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  atomic.store<i32>(node + queue.PARK_WORD, queue.WAITING);
  return queue.sleep(node, thread, deadline) == queue.KICKED ? Status.Interrupted : Status.Ok;
}

/**
 * Announces that the thread is about to ask the supervisor something. Gives back the number the answer must bear. The
 * question holds a reference to the thread, which thread_reply gives back: the answer may come when the thread is gone.
 */
export function thread_expect_reply(thread: usize): i32 {
  retain(thread);
  spin.acquire(thread + layout.LOCK);
  const sequence = load<i32>(thread + REPLY_SEQUENCE) + 1;
  store<i32>(thread + REPLY_SEQUENCE, sequence);
  atomic.store<i32>(thread + NODE + queue.PARK_WORD, queue.WAITING);
  spin.release(thread + layout.LOCK);
  return sequence;
}

/** Waits for the answer, whose word is then in the mailbox. If it ends otherwise, the answer will be refused. */
export function thread_await_reply(thread: usize, deadline: f64): i32 {
  const node = thread + NODE;
  const outcome = queue.sleep(node, thread, deadline);
  spin.acquire(thread + layout.LOCK);
  const word = atomic.load<i32>(node + queue.PARK_WORD);
  store<i32>(thread + REPLY_SEQUENCE, load<i32>(thread + REPLY_SEQUENCE) + 1);
  if (word == queue.GRANTED) queue.taken(node);
  spin.release(thread + layout.LOCK);
  if (word != queue.GRANTED) return outcome == queue.KICKED ? Status.Interrupted : Status.Timeout;
  store<u64>(thread + MAILBOX, load<u64>(node + queue.PAYLOAD));
  return Status.Ok;
}

/** Answers with the word in `answerer`'s mailbox. Invalid if nobody waits for that answer any more. */
export function thread_reply(thread: usize, sequence: i32, answerer: usize): i32 {
  const node = thread + NODE;
  spin.acquire(thread + layout.LOCK);
  if (load<i32>(thread + REPLY_SEQUENCE) != sequence) {
    spin.release(thread + layout.LOCK);
    release(thread);
    return Status.Invalid;
  }
  store<i32>(thread + REPLY_SEQUENCE, sequence + 1);
  store<u64>(node + queue.PAYLOAD, load<u64>(answerer + MAILBOX));
  // Until it is taken, burial finds it by this.
  store<u32>(node + queue.OBJECT, <u32>thread);
  const before = atomic.xchg<i32>(node + queue.PARK_WORD, queue.GRANTED);
  spin.release(thread + layout.LOCK);
  queue.notify(node, before);
  release(thread);
  return Status.Ok;
}

/** The thread is dead: an answer that it has not taken is dropped, and those to come will be refused. */
export function buryReply(thread: usize): void {
  const node = thread + NODE;
  spin.acquire(thread + layout.LOCK);
  store<i32>(thread + REPLY_SEQUENCE, load<i32>(thread + REPLY_SEQUENCE) + 1);
  const untaken = load<u32>(node + queue.OBJECT) == <u32>thread;
  if (untaken) queue.taken(node);
  spin.release(thread + layout.LOCK);
  if (untaken) releaseWord(load<u64>(node + queue.PAYLOAD));
}

/** Sets interrupt bits, and wakes the thread if it waits; an event loop's sleeps on the bits themselves. */
export function thread_interrupt(thread: usize, bits: i32): void {
  atomic.or<i32>(thread + INTERRUPTS, bits);
  wake(thread + INTERRUPTS);
  queue.kick(thread + NODE);
  queue.kick(thread + PLACE);
}

/** Address of the interrupt bits, for Atomics.waitAsync. */
export function thread_interrupts(thread: usize): usize {
  return thread + INTERRUPTS;
}

/** Takes all pending interrupt bits. */
export function thread_take_interrupts(thread: usize): i32 {
  return atomic.xchg<i32>(thread + INTERRUPTS, 0);
}

// @ts-expect-error: decorator
@inline
export function spinBudget(thread: usize): i32 {
  const budget = load<i32>(thread + SPIN_BUDGET);
  if (budget > 0) return budget;
  const skipped = load<i32>(thread + SPINS_SKIPPED) + 1;
  store<i32>(thread + SPINS_SKIPPED, skipped);
  return skipped % PROBE_EVERY == 0 ? PROBE : 0;
}

/** Spinning that paid is allowed in full again; each time it did not, an eighth less, down to none but the probes. */
// @ts-expect-error: decorator
@inline
export function adaptSpin(thread: usize, paid: bool): void {
  const budget = load<i32>(thread + SPIN_BUDGET);
  const less = budget - (budget >> 3);
  store<i32>(thread + SPIN_BUDGET, paid ? SPIN_MOST : less < SPIN_LEAST ? 0 : less);
}

/** A thread of another process that is like this one, and if it was ever started has ended. */
export function cloneThread(thread: usize, process: usize): usize {
  const clone = thread_new(thread_daemon(thread), process);
  if (clone == 0) return 0;
  store<i32>(clone + STATE, thread_state(thread) == ThreadState.Initial ? ThreadState.Initial : ThreadState.Stopped);
  return clone;
}

/** Copies the thread's words, but for its process. */
export function fillThread(thread: usize, clone: usize, fork: usize, self: usize): void {
  for (let i = 0; i < WORD_COUNT - 1; i++) {
    const offset = WORDS + (<usize>i << 3);
    copySlot(fork, thread + offset, clone + offset, self);
  }
}

export function dropThread(thread: usize, dying: usize): usize {
  return dropWords(thread + WORDS, WORD_COUNT, 8, dying);
}

export function threadWord(thread: usize, index: i32): u64 {
  return peek(thread + WORDS, WORD_COUNT, index, 8);
}
