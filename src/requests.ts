// The requests library, as far as programs with threads need it: get, post and their kin, and Response.
import { signature } from "./arguments";
import { bytes } from "./builtins/bytes";
import { isPlainObject } from "./builtins/classes";
import { encode } from "./builtins/text_codecs";
import { OSError, TimeoutError } from "./exceptions";
import { defineAll } from "./registry";
import * as errors from "./requests/errors";
import { Response } from "./requests/response";
import { agent, http } from "./runtime/http";
import { moduleObject } from "./runtime/module_object";
import { now } from "./runtime/wait";
import { CaseInsensitiveDict } from "./urllib/headers";
import { urlencode, urlsplit } from "./urllib/parse";

export { ConnectionError, HTTPError, JSONDecodeError, ReadTimeout, RequestException, Timeout } from "./requests/errors";
export { Response } from "./requests/response";

export const exceptions = /* @__PURE__ */ moduleObject("requests.exceptions", errors);

export interface RequestKeywords {
  params?: object | string | null;
  data?: object | string | Uint8Array | null;
  json?: unknown;
  headers?: object | null;
  /** Seconds, or (seconds for the connection, seconds for the answer). */
  timeout?: number | readonly number[] | null;
}

const PARAMETERS =
  "params=None, data=None, json=None, headers=None, timeout=None, cookies=None, files=None, auth=None, " +
  "allow_redirects=True, proxies=None, verify=None, stream=False";
type Keywords = [params: any, data: any, json: unknown, headers: any, timeout: any];
const bindRequest = signature<[method: string, url: string, ...Keywords]>(`request(method, url, ${PARAMETERS})`);

/**
 * Makes a request and blocks until the whole answer is there.
 *
 * @throws ConnectionError if there is no answer, Timeout when time is up
 */
export function request(method: string, url: string, keywords?: RequestKeywords): Response;
export function request(...args: unknown[]): Response {
  const [method, url, params, data, json, headers, timeout] = bindRequest(args);
  const { scheme } = urlsplit(url);
  if (scheme === "") {
    throw errors.MissingSchema(`Invalid URL '${url}': No scheme supplied. Perhaps you meant https://${url}?`);
  }
  if (!["http", "https"].includes(scheme)) throw errors.InvalidSchema(`No connection adapters were found for '${url}'`);
  const [body, type] = bodyOf(data, json);
  const given = isPlainObject(headers) ? headers : Object.fromEntries(headers?.items?.() ?? []);
  const all: Record<string, string> = { ...agent("python-requests/2.31.0"), Accept: "*/*", ...given };
  if (type && !Object.keys(all).some((name) => /^content-type$/i.test(name))) all["Content-Type"] = type;
  const seconds = timeout === null || typeof timeout === "number" ? timeout : [...timeout].at(-1)!;
  return answered(withParameters(url, params), method.toUpperCase(), all, body, seconds);
}

function withParameters(url: string, params: any): string {
  if (params === null) return url;
  const query = typeof params === "string" ? params : urlencode(params, true);
  if (query === "") return url;
  const [whole, fragment] = url.split("#") as [string, string?];
  return `${whole}${whole.includes("?") ? "&" : "?"}${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

function bodyOf(data: any, json: unknown): [Uint8Array | null, string?] {
  if (data instanceof Uint8Array) return [new Uint8Array(data)];
  if (typeof data === "string") return [encode(data)];
  if (data !== null) return [encode(urlencode(data, true)), "application/x-www-form-urlencoded"];
  return json === null ? [null] : [encode(toJson(json)), "application/json"];
}

function toJson(value: unknown): string {
  const plain = (x: any): unknown => {
    if (x === null || typeof x !== "object") return x;
    if (typeof x.items === "function") return Object.fromEntries([...x.items()].map(([k, v]) => [k, plain(v)]));
    if (Symbol.iterator in x) return [...x].map(plain);
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)]));
  };
  return JSON.stringify(plain(value));
}

function answered(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: Uint8Array | null,
  timeout: number | null,
): Response {
  const begin = now();
  try {
    const answer = http({ url, method, headers, body, timeout });
    const type = answer.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
    const charset = /charset="?([^";\s]+)/i.exec(type)?.[1] ?? (type.startsWith("text/") ? "ISO-8859-1" : null);
    const response = new Response();
    response.headers = new CaseInsensitiveDict(answer.headers);
    return Object.assign(response, {
      status_code: answer.status,
      reason: answer.reason,
      url: answer.url,
      content: bytes(answer.body),
      encoding: type.startsWith("application/json") ? "utf-8" : charset,
      elapsed: (now() - begin) / 1000,
    });
  } catch (error) {
    if (error instanceof TimeoutError) throw errors.ReadTimeout(error);
    if (error instanceof OSError) throw errors.ConnectionError(error);
    throw error;
  }
}

function bound(method: string) {
  const bind = signature<[url: string, ...Keywords]>(`${method}(url, ${PARAMETERS})`);
  const bindData = signature<[url: string, data: any, json: unknown]>(
    `${method}(url, data=None, json=None, ${PARAMETERS.replace("data=None, json=None, ", "")})`,
  );
  const hasData = ["post", "put", "patch"].includes(method);
  const call = (...args: unknown[]): Response => {
    const [url, ...rest] = hasData ? bindData(args) : bind(args);
    const [params, data, json, headers, timeout] = hasData ? [rest[2], rest[0], rest[1], ...rest.slice(3)] : rest;
    return request(method, url, { params, data, json, headers, timeout } as RequestKeywords);
  };
  Object.defineProperty(call, "name", { value: method });
  return call as (url: string, ...rest: (RequestKeywords | object | string | null)[]) => Response;
}

export const get = bound("get");
export const options = bound("options");
export const head = bound("head");
export const post = bound("post");
export const put = bound("put");
export const patch = bound("patch");
const delete_ = bound("delete");

export { delete_ as delete };

defineAll("requests", { request, get, options, head, post, put, patch, delete: delete_ });
