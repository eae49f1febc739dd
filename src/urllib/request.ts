// Python's urllib.request: what a URL gives, for a thread that waits for it.
//
// The host fetches. In a page that means its rules: what another origin does not allow, and headers that pages may not set.
import { signature } from "../arguments";
import { typeName } from "../builtins/classes";
import { type list, newList } from "../builtins/list";
import { object } from "../builtins/object";
import { tupleOf } from "../builtins/tuple";
import { isinstance } from "../builtins/types";
import { callable } from "../callable";
import { OSError, TimeoutError, TypeError, ValueError } from "../exceptions";
import { BytesIO } from "../io/memory";
import { defineAll } from "../registry";
import { agent, http } from "../runtime/http";
import { HTTPError, URLError } from "./error";
import { Headers } from "./headers";
import { urlsplit } from "./parse";

const bindRequest = signature<
  [url: string, data: Uint8Array | null, headers: any, origin: unknown, unverifiable: unknown, method: string | null]
>("Request.__init__(url, data=None, headers={}, origin_req_host=None, unverifiable=False, method=None)");

class RequestType extends object {
  static readonly __module__ = "urllib.request";
  declare full_url: string;
  declare data: Uint8Array | null;
  declare headers: Record<string, string>;
  declare method: string | null;
  declare timeout: number | null;

  constructor(
    url: string,
    data?: Uint8Array | null | { data?: Uint8Array | null; headers?: Record<string, string>; method?: string },
    headers?: Record<string, string>,
  );
  constructor(...args: unknown[]) {
    super();
    const [url, data, headers, , , method] = bindRequest(args);
    if (!urlsplit(url).scheme) throw ValueError(`unknown url type: '${url}'`);
    Object.assign(this, { full_url: url, data, method, headers: {}, timeout: null });
    const pairs = headers === undefined || headers === null ? [] : (headers.items?.() ?? Object.entries(headers));
    for (const [name, value] of pairs) this.add_header(name, value);
  }

  get type(): string {
    return urlsplit(this.full_url).scheme;
  }

  get host(): string {
    return urlsplit(this.full_url).netloc;
  }

  get selector(): string {
    const { path, query } = urlsplit(this.full_url);
    return `${path || "/"}${query ? `?${query}` : ""}`;
  }

  /** GET, or POST if there is data, unless told. */
  get_method(): string {
    return this.method ?? (this.data === null ? "GET" : "POST");
  }

  get_full_url(): string {
    return this.full_url;
  }

  add_header(key: string, value: string): void {
    this.headers = { ...this.headers, [capitalized(key)]: value };
  }

  has_header(name: string): boolean {
    return this.get_header(name) !== null;
  }

  get_header(name: string, otherwise: unknown = null): any {
    return Object.entries(this.headers).find(([key]) => key === name)?.[1] ?? otherwise;
  }

  header_items(): list<any> {
    return newList(Object.entries(this.headers).map((pair) => tupleOf(pair))) as never;
  }
}

/** `Content-type`: how Python keeps the names of a request's headers. */
const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();

/** A request with data, headers or a method of its own. */
export const Request = callable(RequestType, "Request");
export type Request = RequestType;

class HTTPResponseType extends BytesIO {
  declare status: number;
  declare code: number;
  declare reason: string;
  declare msg: string;
  declare url: string;
  declare headers: Headers;

  getcode(): number {
    return this.status;
  }

  geturl(): string {
    return this.url;
  }

  info(): Headers {
    return this.headers;
  }

  getheader(name: string, otherwise: unknown = null): any {
    return this.headers.get(name, otherwise);
  }

  getheaders(): any {
    return this.headers.items();
  }

  override writable(): boolean {
    return false;
  }
}

Object.defineProperty(HTTPResponseType, "__module__", { value: "http.client" });
const HTTPResponse = callable(HTTPResponseType, "HTTPResponse");
export type HTTPResponse = HTTPResponseType;

const bindUrlopen = signature<[url: string | Request, data: unknown, timeout: number | null]>(
  "urlopen(url, data=None, timeout=None, *, cafile=None, capath=None, cadefault=False, context=None)",
);

/**
 * Gets what a URL gives, and blocks until it is there.
 *
 * @throws HTTPError if the server answers with an error
 * @throws URLError if there is no answer; its reason is the system's error where the host tells
 * @throws TimeoutError when `timeout` seconds are over
 */
export function urlopen(
  url: string | Request,
  data?: Uint8Array | null | { data?: Uint8Array | null; timeout?: number | null },
  timeout?: number | null,
): HTTPResponse;
export function urlopen(...args: unknown[]): HTTPResponse {
  const [target, data, timeout] = bindUrlopen(args);
  const request = target instanceof RequestType ? target : Request(target);
  const body = (data ?? request.data) as Uint8Array | null;
  if (typeof body === "string") {
    throw TypeError("POST data should be bytes, an iterable of bytes, or a file object. It cannot be of type str.");
  }
  if (body !== null && !(body instanceof Uint8Array)) {
    throw TypeError(`data should be bytes, not ${typeName(body)}`);
  }
  if (!["http", "https", "data"].includes(request.type)) throw URLError(`unknown url type: ${request.type}`);
  const method = request.method ?? (body === null ? "GET" : "POST");
  const headers: Record<string, string> = { ...agent("Python-urllib/3.11"), ...request.headers };
  if (body !== null) headers["Content-type"] ??= "application/x-www-form-urlencoded";
  return answered(request.full_url, method, headers, body, timeout);
}

function answered(
  url: string,
  method: string,
  headers: Record<string, string>,
  body: Uint8Array | null,
  timeout: number | null,
): HTTPResponse {
  try {
    const answer = http({ url, method, headers, body, timeout });
    const response = new HTTPResponseType(answer.body);
    const { status, reason } = answer;
    Object.assign(response, { status, code: status, reason, msg: reason, url: answer.url });
    response.headers = new Headers(answer.headers);
    if (status >= 200 && status < 300) return response;
    throw HTTPError(answer.url, status, reason, response.headers, response);
  } catch (error) {
    if (!isinstance(error, OSError) || isinstance(error, [TimeoutError, HTTPError])) throw error;
    throw URLError(error);
  }
}

defineAll("urllib.request", { Request, HTTPResponse, urlopen });
