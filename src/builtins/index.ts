// `pythreads/builtins`: what Python has without an import, and the statements that JavaScript lacks.
import { abs, bin, divmod, hex, oct, pow, round } from "./arithmetic";
import { bytearray, bytes, memoryview } from "./bytes";
import { markBuiltin } from "./classes";
import { hash, id } from "./hash";
import { all, any, len, max, min, sorted, sum } from "./iterate";
import { callable, delattr, dir, getattr, hasattr, setattr, vars } from "./objects";
import { input, print } from "./print";
import { iter, next } from "./protocol";
import { range } from "./range";
import { ascii, repr } from "./repr";
import { slice } from "./slice";
import { chr, ord } from "./text";
import { tuple } from "./tuple";
import { isinstance, issubclass } from "./types";

import "./crossing";

export { kw } from "../arguments";
export * from "../exceptions/classes";
export { eq, in_ } from "./compare";
// The containers with identity stand on the runtime.
export { dict } from "./dict";
export { enumerate, filter, map, reversed, zip } from "./iterate";
export { list } from "./list";
export { float, int } from "./numbers";
export { str } from "./repr";
export { frozenset, set } from "./set";
export { assert_, holding, with_ } from "./statements";
export { bool } from "./truth";
export { try_ } from "./try";
export { type } from "./types";
export {
  abs,
  all,
  any,
  ascii,
  bin,
  bytearray,
  bytes,
  callable,
  chr,
  delattr,
  dir,
  divmod,
  getattr,
  hasattr,
  hash,
  hex,
  id,
  input,
  isinstance,
  issubclass,
  iter,
  len,
  max,
  memoryview,
  min,
  next,
  oct,
  ord,
  pow,
  print,
  range,
  repr,
  round,
  setattr,
  slice,
  sorted,
  sum,
  tuple,
  vars,
};

markBuiltin(
  abs,
  all,
  any,
  ascii,
  bin,
  callable,
  chr,
  delattr,
  dir,
  divmod,
  getattr,
  hasattr,
  hash,
  hex,
  id,
  input,
  isinstance,
  issubclass,
  iter,
  len,
  max,
  min,
  next,
  oct,
  ord,
  pow,
  print,
  repr,
  round,
  setattr,
  sorted,
  sum,
  vars,
);
