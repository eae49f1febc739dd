// Python's urllib package.
import { moduleObject } from "./runtime/module_object";
import * as errorModule from "./urllib/error";
import * as parseModule from "./urllib/parse";
import * as requestModule from "./urllib/request";

export const error = /* @__PURE__ */ moduleObject("urllib.error", errorModule);
export const parse = /* @__PURE__ */ moduleObject("urllib.parse", parseModule);
export const request = /* @__PURE__ */ moduleObject("urllib.request", requestModule);
