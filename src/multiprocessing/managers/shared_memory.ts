// SharedMemoryManager: makes blocks of shared memory, and takes their names away when it shuts down.
//
// CPython's has a process for that, which outlives a program that is killed. Here the blocks go with the program.
import { signature } from "../../arguments";
import { list } from "../../builtins/list";
import { callable } from "../../callable";
import { ConnectionRefusedError, FileNotFoundError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { ShareableList } from "../shared_memory/shareable_list";
import { SharedMemory } from "../shared_memory/shared_memory";
import { Lifecycle } from "./lifecycle";

const bindSize = signature<[size: number]>("SharedMemoryManager.SharedMemory(size)");

const ECONNREFUSED = 111;

class SharedMemoryManagerType extends Lifecycle {
  static readonly __module__ = "multiprocessing.managers";

  declare _segments: list<SharedMemory>;

  constructor(...options: unknown[]) {
    super(...options);
    this._segments = list([]) as list<SharedMemory>;
  }

  /** A new block of so many bytes. Its name is taken away when the manager shuts down. */
  SharedMemory(size: number | { size: number }): SharedMemory;
  SharedMemory(...args: unknown[]): SharedMemory {
    const [size] = bindSize(args);
    this._checkServes();
    const made = new SharedMemory(null, true, size);
    this._segments.append(made);
    return made;
  }

  /** A new list, which lies in a block of the manager's. */
  ShareableList(sequence: Iterable<unknown>): ShareableList {
    this._checkServes();
    const made = new ShareableList(sequence);
    this._segments.append(made.shm);
    return made;
  }

  /** CPython's errors: it asks a server at no address, or one that has gone. */
  _checkServes(): void {
    if (this._isStarted()) return;
    if (!this._closed.is_set()) throw ValueError("address type of None unrecognized");
    throw ConnectionRefusedError(ECONNREFUSED, "Connection refused");
  }

  override shutdown(): void {
    super.shutdown();
    for (const segment of this._segments) {
      try {
        segment.unlink();
      } catch (error) {
        // The program has done so itself.
        if (!(error instanceof FileNotFoundError)) throw error;
      }
    }
    this._segments.clear();
  }
}

/** As CPython's `multiprocessing.managers.SharedMemoryManager`. */
export const SharedMemoryManager = callable(SharedMemoryManagerType, "SharedMemoryManager");
export type SharedMemoryManager = SharedMemoryManagerType;

defineAll("multiprocessing.managers", { SharedMemoryManager });
