// What a ported file finds without importing it: `/// <reference types="pythreads/port" />`.

/** "__main__" in the program's entry file, else the module's name. */
declare const __name__: string;

/** In a port `[…]` is a list: an array literal has its methods. See `list` of pythreads/builtins. */
interface Array<T> {
  append(item: T): void;
  extend(more: Iterable<T>): void;
  insert(index: number, item: T): void;
  /** @throws IndexError if there is no such item */
  pop(index?: number): T;
  /** @throws ValueError if it is not there */
  remove(value: T): void;
  clear(): void;
  /** @throws ValueError if it is not there */
  index(value: T, start?: number, stop?: number): number;
  count(value: T): number;
  copy(): T[];
  sort(options?: { key?: ((item: T) => unknown) | null; reverse?: unknown }): void;
  __len__(): number;
  __getitem__(index: number): T;
  __getitem__(index: import("pythreads/builtins").slice): T[];
  __setitem__(index: number, value: T): void;
  __setitem__(index: import("pythreads/builtins").slice, value: Iterable<T>): void;
  __delitem__(index: number | import("pythreads/builtins").slice): void;
  __contains__(value: unknown): boolean;
}
