import { typeName } from "../builtins/classes";
import { ascii } from "../builtins/repr";
import { builtinException, plain } from "./define";
import { TypeError, ValueError } from "./hierarchy";

export const UnicodeError = plain("UnicodeError", ValueError);
export type UnicodeError = InstanceType<typeof UnicodeError>;

class UnicodeFailure extends UnicodeError {
  declare encoding: string;
  declare object: any;
  declare start: number;
  declare end: number;
  declare reason: string;

  constructor(fields: readonly string[], args: any[]) {
    super(...args);
    const given = this.args.length;
    if (given !== fields.length) throw TypeError(`function takes exactly ${fields.length} arguments (${given} given)`);
    Object.assign(this, Object.fromEntries(fields.map((field, i) => [field, this.args[i]])));
  }

  /** `what` is the one unit at fault, where it is one: "byte 0xff". */
  protected describe(action: string, what: string, whatMany: string): string {
    const place =
      this.end === this.start + 1
        ? `${what} in position ${this.start}`
        : `${whatMany} in position ${this.start}-${this.end - 1}`;
    return `${action} ${place}: ${this.reason}`;
  }
}

const CODEC_FIELDS = ["encoding", "object", "start", "end", "reason"];
const character = (error: UnicodeFailure) => `character ${ascii([...error.object][error.start])}`;

class UnicodeDecodeErrorClass extends UnicodeFailure {
  constructor(...args: any[]) {
    super(CODEC_FIELDS, args);
    if (!(this.object instanceof Uint8Array)) {
      throw TypeError(`a bytes-like object is required, not '${typeName(this.object)}'`);
    }
  }

  override __str__(): string {
    const byte = this.object[this.start]?.toString(16).padStart(2, "0");
    return this.describe(`'${this.encoding}' codec can't decode`, `byte 0x${byte}`, "bytes");
  }
}
/** `UnicodeDecodeError(encoding, object, start, end, reason)`. */
export const UnicodeDecodeError = builtinException("UnicodeDecodeError", UnicodeDecodeErrorClass);
export type UnicodeDecodeError = UnicodeDecodeErrorClass;

class UnicodeEncodeErrorClass extends UnicodeFailure {
  constructor(...args: any[]) {
    super(CODEC_FIELDS, args);
  }

  override __str__(): string {
    return this.describe(`'${this.encoding}' codec can't encode`, character(this), "characters");
  }
}
/** `UnicodeEncodeError(encoding, object, start, end, reason)`. */
export const UnicodeEncodeError = builtinException("UnicodeEncodeError", UnicodeEncodeErrorClass);
export type UnicodeEncodeError = UnicodeEncodeErrorClass;

class UnicodeTranslateErrorClass extends UnicodeFailure {
  constructor(...args: any[]) {
    super(CODEC_FIELDS.slice(1), args);
  }

  override __str__(): string {
    return this.describe("can't translate", character(this), "characters");
  }
}
/** `UnicodeTranslateError(object, start, end, reason)`. */
export const UnicodeTranslateError = builtinException("UnicodeTranslateError", UnicodeTranslateErrorClass);
export type UnicodeTranslateError = UnicodeTranslateErrorClass;
