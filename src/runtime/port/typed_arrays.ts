// Typed arrays that variables hold: views of one piece of kernel memory, in every thread.
//
// An array that is bound to a variable of a module is moved there: the variable holds a view of the same class and length from
// then on. What else reaches the old memory, such as another view of its buffer or a local name of the array, finds it empty:
// reads give undefined, but JavaScript lets a write pass, and nothing can make it raise. (Items are JavaScript's own: numbers without Python's errors where the compiler sees the class, else with them.)
import { Kind } from "../../../assembly/status";
import { bytes, kernel, reach, view as words } from "../../kernel/kernel";
import { VIEWS } from "../codec";
import { type KeepsIdentity, KIND, reviveKind, tie } from "../shared";
import { allocated } from "../wait";

/** A kind of handle that the kernel itself knows as a value. */
const ARRAY = 0x102 as Kind;

type View = ArrayBufferView<ArrayBufferLike> & { length?: number };

// Where a value's parts stand: one word, the number of the class and the length by turns, then the items.
const CLASS_WORD = 24;
const LENGTH_WORD = 32;
const ITEMS = 40;

/** Whether a value is an array that can be moved: one of JavaScript's own classes, over memory that is no other worker's. */
export function isMovable(value: object): value is View {
  return ArrayBuffer.isView(value) && VIEWS.includes(value.constructor as never) && value.buffer instanceof ArrayBuffer;
}

/** Moves an array to kernel memory, and gives back the view that all threads have of it. */
export function move(array: View): KeepsIdentity {
  const number = VIEWS.indexOf(array.constructor as never);
  const address = allocated(kernel.value_new(Kind.Value, 2, array.byteLength));
  reach(address + ITEMS + array.byteLength);
  words[(address + CLASS_WORD) >>> 3] = number;
  words[(address + LENGTH_WORD) >>> 3] = array.length ?? array.byteLength;
  bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), address + ITEMS);
  empty(array.buffer as ArrayBuffer);
  return viewAt(address);
}

function empty(buffer: ArrayBuffer): void {
  try {
    structuredClone(buffer, { transfer: [buffer] });
  } catch {
    // Buffers of the host's own pools cannot be taken from it.
  }
}

function viewAt(address: number): KeepsIdentity {
  reach(address + ITEMS);
  const length = words[(address + LENGTH_WORD) >>> 3]!;
  const Class = VIEWS[words[(address + CLASS_WORD) >>> 3]!]! as Int8ArrayConstructor;
  reach(address + ITEMS + length * (Class.BYTES_PER_ELEMENT ?? 1));
  const made = new Class(bytes.buffer as ArrayBuffer, address + ITEMS, length) as unknown as KeepsIdentity;
  Object.defineProperty(made, KIND, { value: ARRAY });
  tie(made, address);
  return made;
}

reviveKind(ARRAY, viewAt);
