// `pythreads/builtins`: what Python has without an import, and the statements that JavaScript lacks.

import { defineAll } from "../runtime/functions";
import { abs, bin, divmod, hex, oct, pow, round } from "./arithmetic";
import { bytearray, bytes, memoryview } from "./bytes";
import { markBuiltin } from "./classes";
import { dict } from "./dict";
import { hash, id } from "./hash";
import { all, any, enumerate, filter, len, map, max, min, reversed, sorted, sum, zip } from "./iterate";
import { list } from "./list";
import { float, int } from "./numbers";
import { object } from "./object";
import { callable, delattr, dir, getattr, hasattr, setattr, vars } from "./objects";
import { input, print } from "./print";
import { iter, next } from "./protocol";
import { range } from "./range";
import { ascii, repr, str } from "./repr";
import { frozenset, set } from "./set";
import { slice } from "./slice";
import { chr, ord } from "./text";
import { bool } from "./truth";
import { tuple } from "./tuple";
import { isinstance, issubclass, type } from "./types";

import "./crossing";

export { kw } from "../arguments";
export * from "../exceptions/classes";
export { eq, in_ } from "./compare";
export { assert_, holding, with_ } from "./statements";
export { try_ } from "./try";
export {
  abs,
  all,
  any,
  ascii,
  bin,
  bool,
  bytearray,
  bytes,
  callable,
  chr,
  delattr,
  dict,
  dir,
  divmod,
  enumerate,
  filter,
  float,
  frozenset,
  getattr,
  hasattr,
  hash,
  hex,
  id,
  input,
  int,
  isinstance,
  issubclass,
  iter,
  len,
  list,
  map,
  max,
  memoryview,
  min,
  next,
  object,
  oct,
  ord,
  pow,
  print,
  range,
  repr,
  reversed,
  round,
  set,
  setattr,
  slice,
  sorted,
  str,
  sum,
  tuple,
  type,
  vars,
  zip,
};

const functions = {
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
};

markBuiltin(...Object.values(functions));

// So that they can be targets, callbacks and items of queues.
defineAll("builtins", functions);
defineAll("builtins", {
  bool,
  bytearray,
  bytes,
  dict,
  enumerate,
  filter,
  float,
  frozenset,
  int,
  list,
  map,
  memoryview,
  object,
  range,
  reversed,
  set,
  slice,
  str,
  tuple,
  type,
  zip,
});
