// Python's os module: what concurrent programs need of it, as on Linux. A web page has no files and no other processes: what it
// cannot do raises OSError.

import * as pathModule from "./os/path";
import { moduleObject } from "./runtime/module_object";

export const path = /* @__PURE__ */ moduleObject("posixpath", pathModule);
export const name = "posix";
export const linesep = "\n";
export const { altsep, curdir, devnull, extsep, pardir, pathsep, sep } = pathModule;
export { OSError as error } from "./exceptions";
export { environ, getenv, putenv, unsetenv } from "./os/environ";
export * from "./os/files";
export { fspath } from "./os/fspath";
export * from "./os/process";
