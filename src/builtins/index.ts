// `pythreads/builtins`: what Python has without an import, and the statements that JavaScript lacks.

export { kw } from "../arguments";
export * from "../exceptions/classes";
export { open } from "../io/open";
export { abs, bin, divmod, hex, oct, pow, round } from "./arithmetic";
export { bytearray, bytes, memoryview } from "./bytes";
export { eq, in_ } from "./compare";
export { dict } from "./dict";
export { hash, id } from "./hash";
export { all, any, enumerate, filter, len, map, max, min, reversed, sum, zip } from "./iterate";
export { list } from "./list";
export { float, int } from "./numbers";
export { object } from "./object";
export { callable, delattr, dir, getattr, hasattr, setattr, vars } from "./objects";
export { input, print } from "./print";
export { iter, next } from "./protocol";
export { range } from "./range";
export { ascii, repr, str } from "./repr";
export { frozenset, set } from "./set";
export { slice } from "./slice";
export { sorted } from "./sorted";
export { assert_, holding, with_ } from "./statements";
export { chr, ord } from "./text";
export { bool } from "./truth";
export { try_ } from "./try";
export { tuple } from "./tuple";
export { isinstance, issubclass, type } from "./types";
