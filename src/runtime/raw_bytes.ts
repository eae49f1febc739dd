// The bytes behind a view, whatever its own `buffer` says: that of an array in kernel memory speaks of the array's part alone.

/** What reads `buffer` and `byteOffset` as JavaScript itself has them. */
function intrinsic(prototype: object, name: string): (view: object) => any {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name)!;
  return (view) => get!.call(view);
}

const arrays = Object.getPrototypeOf(Uint8Array.prototype) as object;
const parts = (prototype: object) => [intrinsic(prototype, "buffer"), intrinsic(prototype, "byteOffset")] as const;
const ofArrays = parts(arrays);
const ofDataViews = parts(DataView.prototype);

/** Where a view's bytes are: the memory, the place of the first, how many. */
export function placeOf(view: ArrayBufferView): [buffer: ArrayBuffer, byteOffset: number, byteLength: number] {
  const [buffer, byteOffset] = view instanceof DataView ? ofDataViews : ofArrays;
  return [buffer(view), byteOffset(view), view.byteLength];
}

export function rawBytes(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return ArrayBuffer.isView(value) ? new Uint8Array(...placeOf(value)) : new Uint8Array(value);
}
