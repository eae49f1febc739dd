// SharedMemory: a process's hold on a block.
import { signature } from "../../arguments";

import { typeName } from "../../builtins/classes";
import type { memoryview } from "../../builtins/memoryview";
import { repr } from "../../builtins/repr";
import { callable } from "../../callable";
import { FileExistsError, FileNotFoundError, OSError, TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { Box, Copied, copyInstances } from "../../runtime/copies";
import { Instance } from "../../runtime/instance";
import { addressOf } from "../../runtime/shared";
import { Block, blocks, viewOf } from "./block";

const ENOENT = 2;
const EEXIST = 17;
const EINVAL = 22;

const bindInit = signature<[name: string | null, create: boolean, size: number]>(
  "SharedMemory.__init__(name=None, create=False, size=0)",
);

const views = new WeakMap<SharedMemoryType, memoryview>();

class SharedMemoryType extends Instance {
  static readonly __module__ = "multiprocessing.shared_memory";

  declare _name: string;
  declare _block: Block | null;
  declare _size: number;

  constructor(
    name?: string | null | { name?: string | null; create?: boolean; size?: number },
    create?: boolean | { create?: boolean; size?: number },
    size?: number | { size?: number },
  );
  constructor(...args: unknown[]) {
    const [name, create, size] = bindInit(args);
    if (typeof size !== "number")
      throw TypeError(`'>=' not supported between instances of '${typeName(size)}' and 'int'`);
    if (size < 0) throw ValueError("'size' must be a positive integer");
    if (create && size === 0) throw ValueError("'size' must be a positive number different from zero");
    if (name === null && !create) throw ValueError("'name' can only be None if create=True");
    if (!Number.isInteger(size)) throw TypeError("'float' object cannot be interpreted as an integer");
    if (name !== null && typeof name !== "string") {
      throw TypeError(`can only concatenate str (not "${typeName(name)}") to str`);
    }
    // The host's names are those of files in one folder.
    if (name === "" || name?.includes("/")) throw OSError(EINVAL, "Invalid argument", `/${name}`);
    // As from CPython 3.13 on.
    if (name?.includes("\0")) throw ValueError("embedded null character");
    super();
    [this._name, this._block] = name === null ? madeAnew(size) : [name, create ? made(name, size) : found(name)];
    this._size = this._block.size;
  }

  /** By which other processes attach to the same block. */
  get name(): string {
    return this._name;
  }

  get size(): number {
    return this._size;
  }

  /** The bytes, as a memoryview; None after close. */
  get buf(): memoryview {
    const block = this._block;
    if (block === null) return null as never;
    let view = views.get(this);
    if (!view) {
      view = viewOf(block);
      views.set(this, view);
    }
    return view;
  }

  /**
   * Gives up this hold on the block, which stays for others; `buf` is released. Slices of it can still be used, where CPython
   * refuses to close: whether the program still has one is not known here.
   */
  close(): void {
    this._block = null;
    views.get(this)?.release();
    views.delete(this);
  }

  /**
   * Takes the block's name away: nobody can attach to it any more, and its memory is freed when the last has let go.
   *
   * @throws FileNotFoundError if that has been done
   */
  unlink(): void {
    if (blocks().pop(this._name, null) === null) throw missing(this._name);
  }

  __repr__(): string {
    return `SharedMemory(${repr(this._name)}, size=${this._size})`;
  }
}

function missing(name: string): Error {
  return FileNotFoundError(ENOENT, "No such file or directory", `/${name}`);
}

function found(name: string): Block {
  const block = blocks().get(name, null);
  if (block === null) throw missing(name);
  return block;
}

function made(name: string, size: number): Block {
  const block = new Block(size);
  addressOf(block);
  // One step: of two who make a block of one name one fails.
  if (blocks().setdefault(name, block) !== block) throw FileExistsError(EEXIST, "File exists", `/${name}`);
  return block;
}

/** A block under a name that nobody has yet. */
function madeAnew(size: number): [name: string, Block] {
  while (true) {
    const name = someName();
    try {
      return [name, made(name, size)];
    } catch (error) {
      if (!(error instanceof FileExistsError)) throw error;
    }
  }
}

function someName(): string {
  const digits = () =>
    Math.floor(Math.random() * 0x10000)
      .toString(16)
      .padStart(4, "0");
  return `psm_${digits()}${digits()}`;
}

/**
 * Bytes that all processes of the program share under a name. Behaves as CPython's `multiprocessing.shared_memory.SharedMemory`;
 * other programs of the machine do not see them, and nothing stays when the program has ended.
 */
export const SharedMemory = callable(SharedMemoryType, "SharedMemory");
export type SharedMemory = SharedMemoryType;

// As pickle has it: whoever receives it attaches to the block by its name.
copyInstances<any>(SharedMemory, {
  copied: Copied.SharedMemory,
  parts: (memory: SharedMemoryType) => [memory._name],
  make: () => new Box(),
  fill: (box: Box, [name]) => {
    box.made = new SharedMemory(name);
  },
});
defineAll("multiprocessing.shared_memory", { SharedMemory });
