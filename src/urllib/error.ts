// Python's urllib.error.
import { str } from "../builtins/repr";
import { callable } from "../callable";
import { OSError } from "../exceptions";
import { defineAll } from "../registry";

class URLErrorType extends OSError {
  static readonly __module__ = "urllib.error";
  declare reason: any;
  declare filename: any;

  constructor(reason: unknown, filename?: string | null) {
    super(reason);
    Object.assign(this, { reason, filename: filename ?? null });
  }

  override __str__(): string {
    return `<urlopen error ${str(this.reason)}>`;
  }
}

/** A URL could not be reached; `reason` says why: text, or the system's error. */
export const URLError = callable(URLErrorType, "URLError");
export type URLError = URLErrorType;

class HTTPErrorType extends URLErrorType {
  declare code: number;
  declare msg: string;
  declare hdrs: any;
  declare fp: any;

  constructor(url: string, code: number, msg: string, hdrs: unknown, fp: unknown) {
    super(msg, url);
    Object.assign(this, { code, msg, hdrs, fp });
  }

  get status(): number {
    return this.code;
  }

  get headers(): any {
    return this.hdrs;
  }

  get url(): string {
    return this.filename;
  }

  getcode(): number {
    return this.code;
  }

  geturl(): string {
    return this.filename;
  }

  info(): any {
    return this.hdrs;
  }

  /** The body of the server's answer. */
  read(size: number | null = -1): any {
    return this.fp.read(size);
  }

  close(): void {
    this.fp?.close();
  }

  override __str__(): string {
    return `HTTP Error ${this.code}: ${this.msg}`;
  }

  override __repr__(): string {
    return `<HTTPError ${this.code}: '${this.msg}'>`;
  }
}

/** The server answered with an error; it can be read like the answer itself. */
export const HTTPError = callable(HTTPErrorType, "HTTPError");
export type HTTPError = HTTPErrorType;

defineAll("urllib.error", { URLError, HTTPError });
