// The references that the facades of one worker hold, so that they can be dropped when the worker is gone: a worker that
// ends runs no finalizers.
//
//   carrier entry, HOLDINGS ─→ block: next block (4 bytes), 4 free, HOLDING_COUNT addresses (4 bytes each, 0: none)
//
// Invariant: only the worker itself writes its blocks, and only the supervisor reads them, when the worker is gone.
import { alloc, free } from "./allocator";
import * as bulk from "./bulk";
import { entry, HOLDINGS } from "./carrier";
import { release } from "./object";

const ADDRESSES: usize = 8;
const HOLDING_COUNT: i32 = 124;

/** A further block for the carrier's references: the address of its first place; 0 if memory is exhausted. */
export function carrier_more_holdings(index: i32): usize {
  const size = ADDRESSES + (<usize>HOLDING_COUNT << 2);
  const block = alloc(size);
  if (block == 0) return 0;
  bulk.fill(block, 0, size);
  const carrier = entry(index);
  store<u32>(block, load<u32>(carrier + HOLDINGS));
  store<u32>(carrier + HOLDINGS, <u32>block);
  return block + ADDRESSES;
}

/** Places in a block. */
export function holding_count(): i32 {
  return HOLDING_COUNT;
}

/** Drops what the worker that was this carrier held. */
export function carrier_drop_holdings(index: i32): void {
  const carrier = entry(index);
  let block = <usize>load<u32>(carrier + HOLDINGS);
  store<u32>(carrier + HOLDINGS, 0);
  while (block != 0) {
    const next = <usize>load<u32>(block);
    for (let i = 0; i < HOLDING_COUNT; i++) {
      const object = <usize>load<u32>(block + ADDRESSES + (<usize>i << 2));
      if (object != 0) release(object);
    }
    free(block);
    block = next;
  }
}
