// Burial: what is done for a thread whose worker was terminated or ran out of memory. Called by the supervisor, which
// nobody terminates, when it sees the worker's end; other threads run meanwhile.
//
// What a dead thread can have left, and who mends it:
//   a spinlock held, a wake-up owed     cannot be: sections are straight-line (assembly/spinlock.ts)
//   its nodes in queues, grants it had not taken      buryNode
//   mutexes and re-entrant locks held                 found by their owner's id
//   a mutex free, waiters asleep, its wake-up dead    found by that
//   many released by one store, not all told          found by their tickets
//   a barrier whose action it ran       found by its id
//   units of a semaphore half handed over             found by value and waiters
//   a pool's task begun                               found by the pool's table of workers
//   memory and references in its hands                memory is lost; references go with its carrier (assembly/holdings.ts)
//
// A thread that is ordered to end buries itself, and its worker goes on with others. It may be terminated in the midst of that;
// then the supervisor buries it again. So each step may be repeated: it looks for what is left, and its section undoes that.
//
// The mutexes are found by a walk over all blocks rather than by a list in the thread's record: so taking and releasing a
// lock stays one compare-exchange, and the rare death pays (some 10 ms for a million objects).
import { BLOCK_HEADER, freeList, sizeOfClass } from "./allocator";
import { buryActor, isBarrierUnsettled } from "./barrier";
import { isConditionUnsettled, passNotification, settleCondition } from "./condition";
import { isEventUnsettled, settleEvent } from "./event";
import { BRK, HEADER_SIZE, HEAP, kindOf, REFS } from "./layout";
import { isMutexUnsettled, settleMutex } from "./mutex";
import { release } from "./object";
import { isPipeUnsettled, settlePipe } from "./pipe";
import { isBatchUnsettled, settleBatch } from "./batch";
import { settlePool } from "./pool";
import { isGetters, isQueueUnsettled, returnWord, settleQueue } from "./queue";
import { returnUnit, semaphore_value, semaphore_waiters, settleSemaphore } from "./semaphore";
import { settleRLock } from "./rlock";
import * as spin from "./spinlock";
import { Kind } from "./status";
import { buryReply, isThreadUnsettled, NODE, PLACE, settleThread, threadId } from "./thread";
import { bury, OBJECT, Owed, OWNER, queueOf, taken } from "./waitqueue";

/** Undoes what the dead `thread` has left behind. It is not marked as stopped: that is told when all is in order. */
export function thread_bury(thread: usize): void {
  buryReply(thread);
  buryNode(thread + NODE);
  buryNode(thread + PLACE);
  settleAll(threadId(thread));
}

/** Takes a dead waiter's node out of its queue, and gives back what it had been granted and not taken. */
function buryNode(node: usize): void {
  const object = <usize>load<u32>(node + OBJECT);
  if (object == 0) return;
  const owed = bury(object, node);
  if (owed == Owed.Grant) giveBack(object, node);
  taken(node);
}

/**
 * In one section the object has it again, and `node` is taken; so it comes back once, however often this is begun. Nothing stands
 * between a notification's section and the end of this, where a thread could be terminated.
 */
function giveBack(object: usize, node: usize): void {
  const kind = kindOf(object);
  if (kind == Kind.Semaphore) returnUnit(object, node);
  else if (kind == Kind.Condition) passNotification(object);
  else if (kind == Kind.Queue && isGetters(object, queueOf(node))) returnWord(object, node);
}

/** Walks over all objects. Those made meanwhile cannot be the dead thread's. */
function settleAll(id: i32): void {
  const end = <usize>atomic.load<u32>(BRK);
  let block = HEAP;
  while (block < end) {
    const sizeClass = load<i32>(block);
    const object = block + BLOCK_HEADER;
    if (isUnsettled(object, kindOf(object), id) && pin(object, sizeClass)) {
      settleObject(object, kindOf(object), id);
      release(object);
    }
    block += <usize>sizeOfClass(sizeClass);
  }
}

/** A guess, made without any lock: `pin` and the settling itself look again. */
function isUnsettled(object: usize, kind: i32, id: i32): bool {
  switch (kind) {
    case Kind.Mutex:
    case Kind.RLock:
      return isMutexUnsettled(object, id);
    case Kind.Semaphore:
      return semaphore_value(object) > 0 && semaphore_waiters(object) != 0;
    case Kind.Condition:
      return isConditionUnsettled(object);
    case Kind.Barrier:
      return isBarrierUnsettled(object, id);
    case Kind.Event:
      return isEventUnsettled(object);
    case Kind.Queue:
      return isQueueUnsettled(object);
    case Kind.Pipe:
      return isPipeUnsettled(object);
    case Kind.Pool:
      return true;
    case Kind.Batch:
      return isBatchUnsettled(object);
    case Kind.Thread:
      return isThreadUnsettled(object);
    case Kind.Waiter:
      return load<i32>(object + HEADER_SIZE + OWNER) == id;
    default:
      return false;
  }
}

/** Takes a reference to an object that may be dying: while its class's lock is held, its block is not used again. */
export function pin(object: usize, sizeClass: i32): bool {
  const lock = freeList(sizeClass);
  while (true) {
    spin.acquire(lock);
    const references = atomic.load<i32>(object + REFS);
    const alive = kindOf(object) != Kind.Free && references > 0;
    const pinned = alive && atomic.cmpxchg<i32>(object + REFS, references, references + 1) == references;
    spin.release(lock);
    if (pinned || !alive) return pinned;
  }
}

function settleObject(object: usize, kind: i32, id: i32): void {
  switch (kind) {
    case Kind.Mutex:
      return settleMutex(object, id);
    case Kind.RLock:
      return settleRLock(object, id);
    case Kind.Semaphore:
      return settleSemaphore(object);
    case Kind.Condition:
      return settleCondition(object);
    case Kind.Barrier:
      return buryActor(object, id);
    case Kind.Event:
      return settleEvent(object);
    case Kind.Queue:
      return settleQueue(object);
    case Kind.Pipe:
      return settlePipe(object);
    case Kind.Pool:
      return settlePool(object, id);
    case Kind.Batch:
      return settleBatch(object);
    case Kind.Thread:
      return settleThread(object);
    case Kind.Waiter:
      if (load<i32>(object + HEADER_SIZE + OWNER) == id) buryNode(object + HEADER_SIZE);
  }
}
