// The built package's compiler for pages, with its types: dist has none of its own.
// @ts-expect-error: built
import * as built from "../../dist/port/web.js";

export const { compileForWeb } = built as typeof import("../../src/port/web.js");
