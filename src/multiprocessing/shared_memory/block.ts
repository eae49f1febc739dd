// Blocks of shared memory: bytes that all processes of the program find under a name.
//
// The names stand in one dict of the program, each with its block; a block is freed when its name is gone and nobody has it or
// a view of it any more.
import { Kind } from "../../../assembly/status";

import { dict } from "../../builtins/dict";
import { memoryview } from "../../builtins/memoryview";
import { bytes, kernel, reach } from "../../kernel/kernel";
import { commonClass, makeCommon, onlyOne } from "../../runtime/common";
import { addressOf, facade, KIND, Shared } from "../../runtime/shared";
import { allocated } from "../../runtime/wait";
import { Common } from "../common";

/** Where the dict of the names stands in the kernel's header; see assembly/layout.ts. */
const NAMES = 120;

/** The program's blocks, by name. */
export function blocks(): dict<string, Block> {
  const address = onlyOne(NAMES, () => makeCommon(addressOf(dict())));
  kernel.object_retain(address);
  return facade(Kind.Dict, address) as unknown as dict<string, Block>;
}

export class Block extends Shared<number> {
  get [KIND](): Kind {
    return Kind.Memory;
  }

  protected promote(size: number): number {
    return makeCommon(allocated(kernel.memory_new(size, 0)), Common.SharedMemory);
  }

  get size(): number {
    return kernel.memory_size(addressOf(this));
  }
}

/** Invariant: a view keeps its block, so that it never shows memory that is somebody else's by now. */
const blockOf = new WeakMap<object, Block>();

class SharedView extends memoryview {
  static override readonly name: string = "memoryview";

  override subarray(begin?: number, end?: number): any {
    const part = super.subarray(begin, end);
    blockOf.set(part, blockOf.get(this)!);
    return part;
  }
}

/** A view of a block's bytes. */
export function viewOf(block: Block): memoryview {
  const first = kernel.memory_bytes(addressOf(block)) >>> 0;
  reach(first + block.size);
  const view = new SharedView(bytes.buffer, first, block.size);
  blockOf.set(view, block);
  return view;
}

commonClass(Block, Common.SharedMemory, (address) => Shared.revive(Block, address));
