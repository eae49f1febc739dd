// What a server has answered, as requests has it.
import { bytes } from "../builtins/bytes";
import { isPlainObject } from "../builtins/classes";
import { dict } from "../builtins/dict";
import { newList } from "../builtins/list";
import { object } from "../builtins/object";
import { decode } from "../builtins/text_codecs";
import { callable } from "../callable";
import { defineAll } from "../registry";
import type { CaseInsensitiveDict } from "../urllib/headers";
import { HTTPError, JSONDecodeError } from "./errors";

class ResponseType extends object {
  static readonly __module__ = "requests.models";
  declare status_code: number;
  declare reason: string;
  declare url: string;
  declare headers: CaseInsensitiveDict;
  declare content: bytes;
  declare encoding: string | null;
  declare elapsed: number;

  get ok(): boolean {
    return this.status_code < 400;
  }

  get text(): string {
    return decode(this.content, knownEncoding(this.encoding), "replace");
  }

  /**
   * What the JSON of the answer means: dict, list, text, number, bool or None.
   *
   * @throws JSONDecodeError
   */
  json(): any {
    try {
      return fromJson(JSON.parse(decode(this.content, "utf-8")));
    } catch (error) {
      throw JSONDecodeError((error as Error).message);
    }
  }

  /** @throws HTTPError if the server answered with an error */
  raise_for_status(): void {
    if (this.ok) return;
    const whose = this.status_code < 500 ? "Client" : "Server";
    const error = HTTPError(`${this.status_code} ${whose} Error: ${this.reason} for url: ${this.url}`);
    error.response = this;
    throw error;
  }

  *iter_lines(): Generator<bytes> {
    for (const line of this.content.splitlines()) yield line as bytes;
  }

  *iter_content(chunk_size = 1): Generator<bytes> {
    for (let at = 0; at < this.content.length; at += chunk_size) {
      yield bytes(new Uint8Array(this.content).subarray(at, at + chunk_size));
    }
  }

  close(): void {}

  __bool__(): boolean {
    return this.ok;
  }

  __enter__(): this {
    return this;
  }

  __exit__(..._details: unknown[]): void {}

  __repr__(): string {
    return `<Response [${this.status_code}]>`;
  }
}

/** One that this library cannot decode is read as UTF-8. */
function knownEncoding(name: string | null): string {
  return name !== null && /^(utf-?8|ascii|us-ascii|latin-?1|iso-?8859-1)$/i.test(name) ? name : "utf-8";
}

function fromJson(x: unknown): unknown {
  if (Array.isArray(x)) return newList(x.map(fromJson));
  return isPlainObject(x) ? dict(Object.entries(x).map(([key, value]) => [key, fromJson(value)] as never)) : x;
}

export const Response = callable(ResponseType, "Response");
export type Response = ResponseType;

defineAll("requests", { Response });
