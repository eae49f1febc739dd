// `pythreads/internal/port`: what compiled ports call as `$py`.
export { view } from "../../kernel/kernel";
export { attach } from "../modules";
export { attr, called, delAttr, holder, readOnly } from "./attributes";
export { arity, keywords } from "./calls";
export { cell } from "./cells";
export { classAttribute, classMade, reviving } from "./class_attributes";
export { on, parameters, refuse, tag, take } from "./closures";
export { endHandling, exception, from, handle, leaving, raised } from "./handling";
export { arrayOf, contains, delItem, getItem, keysIn, optItem, ref, setItem } from "./items";
export { each, eachAsync, eachUnpacked, unpack } from "./iterables";
export { Module } from "./module";
export { absentName, named, undefinedName } from "./names";
export {
  add,
  and,
  div,
  ge,
  gt,
  iadd,
  iand,
  idiv,
  ilshift,
  imod,
  imul,
  invert,
  ior,
  ipow,
  irshift,
  isub,
  ixor,
  le,
  lshift,
  lt,
  mod,
  mul,
  neg,
  or,
  pow,
  rshift,
  sub,
  xor,
} from "./operators";
export { eachMatched, match } from "./patterns";
export { usePromises } from "./promises";
export { localArray, newArray, useTypedArrays } from "./typed_arrays";
export { adopt, adoptShared, dict, list, of, pairs, rest, spread, text, truth } from "./values";
export { readVariable as read, writeVariable as write } from "./variables";
