// queue.LifoQueue and PriorityQueue: other orders, by the hooks.
import { less } from "../builtins/compare";
import { callable } from "../callable";
import { defineAll } from "../registry";
import { Queue } from "./queue";

class LifoQueueType<T = any> extends Queue<T> {
  static readonly __module__: string = "queue";

  override _get(): T {
    return this.queue!.pop();
  }
}

interface Heap<T> {
  length: number;
  append(item: T): void;
  pop(index?: number): T;
  __getitem__(index: number): T;
  __setitem__(index: number, item: T): void;
}

/** Moves the item at `place` towards the root until its parent is not greater. If comparing fails, no item is lost. */
function siftUp<T>(heap: Heap<T>, place: number): void {
  const item = heap.__getitem__(place);
  let at = place;
  try {
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap.__getitem__(above);
      if (!less(item, parent)) break;
      heap.__setitem__(at, parent);
      at = above;
    }
  } finally {
    heap.__setitem__(at, item);
  }
}

/** Moves the root towards the leaves until no child is smaller. If comparing fails, no item is lost. */
function siftDown<T>(heap: Heap<T>): void {
  const { length } = heap;
  const item = heap.__getitem__(0);
  let at = 0;
  try {
    for (let child = 1; child < length; child = 2 * at + 1) {
      let smaller = heap.__getitem__(child);
      const other = child + 1 < length ? heap.__getitem__(child + 1) : smaller;
      if (less(other, smaller)) {
        smaller = other;
        child++;
      }
      if (!less(smaller, item)) break;
      heap.__setitem__(at, smaller);
      at = child;
    }
  } finally {
    heap.__setitem__(at, item);
  }
}

/** Invariant: `queue` is a binary heap: no item is less than its parent. */
class PriorityQueueType<T = any> extends Queue<T> {
  static readonly __module__: string = "queue";

  override _put(item: T): void {
    const heap = this.queue as unknown as Heap<T>;
    heap.append(item);
    siftUp(heap, heap.length - 1);
  }

  override _get(): T {
    const heap = this.queue as unknown as Heap<T>;
    const last = heap.pop();
    if (heap.length === 0) return last;
    const first = heap.__getitem__(0);
    heap.__setitem__(0, last);
    siftDown(heap);
    return first;
  }
}

type QueueClass<Q> = { new (maxsize?: number | { maxsize?: number }): Q; (maxsize?: number | { maxsize?: number }): Q };

/** A queue that gives the item put in last: last in, first out. Otherwise as Queue. */
export const LifoQueue = callable(LifoQueueType, "LifoQueue") as QueueClass<LifoQueueType> & {
  new <T>(maxsize?: number): LifoQueueType<T>;
};
export type LifoQueue<T = any> = LifoQueueType<T>;

/**
 * A queue that gives the least item first, by Python's `<`: numbers, strings, or tuples such as `[priority, data]`, whose
 * further items are compared when the first are equal. Otherwise as Queue.
 *
 * `put` and `get` raise TypeError if items cannot be compared.
 */
export const PriorityQueue = callable(PriorityQueueType, "PriorityQueue") as QueueClass<PriorityQueueType> & {
  new <T>(maxsize?: number): PriorityQueueType<T>;
};
export type PriorityQueue<T = any> = PriorityQueueType<T>;

defineAll("queue", { LifoQueue, PriorityQueue });
