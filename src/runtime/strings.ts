// Strings in kernel memory: latin-1 where that is enough, else UTF-16. Lone surrogates survive.

import { host } from "#platform";
import { Kind } from "../../assembly/status";
import { bytes, ints, kernel, reach } from "../kernel/kernel";
import { allocated } from "./wait";

const BYTES = 16;
/** The header's word count is free in a String: it tells the encoding. */
const WIDE = 20;
const CONTENTS = 24;

const LATIN1 = /^[\0-\xff]*$/;

export function isLatin1(text: string): boolean {
  return LATIN1.test(text);
}

/** A String block for `text`; the caller owns its reference. */
export function newString(text: string): number {
  const latin1 = isLatin1(text);
  const size = latin1 ? text.length : text.length * 2;
  const address = allocated(kernel.value_new(Kind.String, 0, size));
  reach(address + CONTENTS + size);
  ints[(address + WIDE) >>> 2] = latin1 ? 0 : 1;
  host.encode(text, bytes, address + CONTENTS, latin1);
  return address;
}

export function readString(address: number): string {
  reach(address + CONTENTS);
  const size = ints[(address + BYTES) >>> 2]!;
  reach(address + CONTENTS + size);
  const start = address + CONTENTS;
  return host.decode(bytes, start, start + size, ints[(address + WIDE) >>> 2] === 0);
}
