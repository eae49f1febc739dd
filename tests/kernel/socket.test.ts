// Sockets as the kernel has them, and answers to threads that have died.
import { expect, test } from "vitest";
import { Machine } from "./harness";

const OK = 0;
const INVALID = 3;
const QUEUED = 6;
const OBJECT_TAG = 0xfffd0000;
const SOCKET = 18;

function used(k: Machine["k"]): number {
  return k.memory_used!();
}

test("a socket that nobody has any more closes its pipes, and gives back all memory", () => {
  const { k } = new Machine();
  const before = used(k);
  const socket = k.socket_new!(7, 64);
  const [reads, writes] = [k.socket_reads!(socket), k.socket_writes!(socket)];
  for (const pipe of [reads, writes]) k.object_retain!(pipe);
  expect([k.socket_number!(socket), k.socket_is_closed!(socket), k.pipe_is_unread!(reads)]).toEqual([7, 0, 0]);
  k.object_release!(socket);
  const node = k.thread_new!(0) + 64;
  expect(k.pipe_is_unread!(reads)).toBe(1);
  expect(k.pipe_attempt_read!(writes, 0, 8, node, 1)).toBe(0);
  for (const pipe of [reads, writes]) k.object_release!(pipe);
  k.object_release!(node - 64);
  expect(used(k)).toBe(before);
});

test("what broke a connection is told once", () => {
  const { k } = new Machine();
  const pipe = k.pipe_new!(8);
  k.pipe_fail!(pipe, 104);
  expect([k.pipe_take_error!(pipe), k.pipe_take_error!(pipe)]).toEqual([104, 0]);
});

test("whoever awaits a pipe leaves the turn to those who read", () => {
  const { k, me } = new Machine();
  const pipe = k.pipe_new!(8);
  const reader = k.waiter_node!(k.waiter_new!(me));
  expect(k.pipe_await!(pipe, me, 0)).toBe(1);
  expect(k.pipe_attempt_read!(pipe, 0, 4, reader, 1)).toBe(-QUEUED);
  expect(k.pipe_attempt_write!(pipe, 1 << 16, 2, reader, 0)).toBe(2);
  expect(k.pipe_await!(pipe, me, 0)).toBe(OK);
  expect(k.pipe_attempt_read!(pipe, 1 << 16, 4, reader, 0)).toBe(2);
});

test("a pipe is ready when it has bytes or is at its end, and a pulse tells of it once it is watched", () => {
  const { k, me } = new Machine();
  const pipe = k.pipe_new!(8);
  const pulse = k.pulse_condition!();
  const writer = k.waiter_node!(k.waiter_new!(me));
  k.condition_attempt!(pulse, k.thread_place!(me));
  k.pipe_attempt_write!(pipe, 1 << 16, 1, writer, 0);
  expect([k.pipe_await!(pipe, me, 0), k.condition_waiters!(pulse)]).toEqual([OK, 1]);
  k.pipe_watch!(pipe);
  k.pipe_attempt_write!(pipe, 1 << 16, 1, writer, 0);
  expect(k.condition_waiters!(pulse)).toBe(0);
  k.condition_attempt!(pulse, k.thread_place!(me));
  expect(k.pipe_attempt_read!(pipe, 1 << 16, 4, writer, 0)).toBe(2);
  expect([k.pipe_await!(pipe, me, 0), k.condition_waiters!(pulse)]).toEqual([1, 1]);
  k.pipe_close!(pipe, false, true);
  expect([k.pipe_await!(pipe, me, 0), k.condition_waiters!(pulse)]).toEqual([OK, 0]);
});

/** Puts the word of a new socket into the mailbox of `answerer`. */
function answer({ k, memory }: Machine, answerer: number): number {
  const socket = k.socket_new!(1, 16);
  const words = new Uint32Array(memory.buffer);
  words[(k.thread_mailbox!(answerer) >>> 2) + 1] = OBJECT_TAG + SOCKET;
  words[k.thread_mailbox!(answerer) >>> 2] = socket;
  return socket;
}

test("an answer that a dead thread has not taken is dropped", () => {
  const machine = new Machine();
  const { k, me } = machine;
  const thread = k.thread_new!(0);
  const before = used(k);
  const sequence = k.thread_expect_reply!(thread);
  answer(machine, me);
  expect(k.thread_reply!(thread, sequence, me)).toBe(OK);
  expect(used(k)).toBeGreaterThan(before);
  k.thread_bury!(thread);
  expect(used(k)).toBe(before);
});

test("an answer to a dead thread is refused", () => {
  const machine = new Machine();
  const { k, me } = machine;
  const thread = k.thread_new!(0);
  const sequence = k.thread_expect_reply!(thread);
  k.thread_bury!(thread);
  answer(machine, me);
  expect(k.thread_reply!(thread, sequence, me)).toBe(INVALID);
});
