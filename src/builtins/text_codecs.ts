// Text to bytes and back, with Python's names, error handlers and error texts.
import { LookupError, UnicodeDecodeError, UnicodeEncodeError } from "../exceptions";

export type ErrorHandler = "strict" | "ignore" | "replace" | "surrogateescape" | (string & {});
type Encoding = "utf-8" | "ascii" | "latin-1";

const ENCODINGS: Record<string, Encoding> = {
  utf8: "utf-8",
  ascii: "ascii",
  usascii: "ascii",
  latin1: "latin-1",
  iso88591: "latin-1",
};

function encodingNamed(name: string): Encoding {
  const found = ENCODINGS[name.toLowerCase().replace(/[-_ ]/g, "")];
  if (!found) throw LookupError(`unknown encoding: ${name}`);
  return found;
}

interface Fault {
  start: number;
  end: number;
  reason: string;
}

const LIMITS = { ascii: 128, "latin-1": 256 };

/** Where `bytes` first break off being UTF-8, as CPython's decoder sees it. */
function utf8Fault(bytes: Uint8Array, from: number): Fault | undefined {
  for (let i = from; i < bytes.length; ) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const size =
      lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
    if (size === 0) return { start: i, end: i + 1, reason: "invalid start byte" };
    for (let k = 1; k < size; k++) {
      if (i + k === bytes.length) return { start: i, end: i + k, reason: "unexpected end of data" };
      if (!continues(lead, k, bytes[i + k]!)) return { start: i, end: i + k, reason: "invalid continuation byte" };
    }
    i += size;
  }
  return undefined;
}

/** May `byte` stand at place k after `lead`? The first place also excludes long forms, surrogates and what lies past U+10FFFF. */
function continues(lead: number, k: number, byte: number): boolean {
  const least = k > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = k > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  return byte >= least && byte <= most;
}

function decodeFault(bytes: Uint8Array, encoding: Encoding, from: number): Fault | undefined {
  if (encoding === "latin-1") return undefined;
  if (encoding === "utf-8") return utf8Fault(bytes, from);
  const start = bytes.findIndex((byte, i) => i >= from && byte >= 128);
  return start < 0 ? undefined : { start, end: start + 1, reason: "ordinal not in range(128)" };
}

/** Browsers' decoders refuse shared memory, and their "latin1" is windows-1252: hence the copy and the second path. */
function decodeValid(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === "utf-8") return new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
  let text = "";
  for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return text;
}

/**
 * `bytes.decode(encoding, errors)`.
 *
 * @throws UnicodeDecodeError if errors is "strict" and the bytes are not in that encoding
 * @throws LookupError for an unknown encoding
 */
export function decode(bytes: Uint8Array, name = "utf-8", errors: ErrorHandler = "strict"): string {
  const encoding = encodingNamed(name);
  let text = "";
  let from = 0;
  for (let fault = decodeFault(bytes, encoding, 0); fault; fault = decodeFault(bytes, encoding, from)) {
    const { start, end, reason } = fault;
    if (errors !== "replace" && errors !== "ignore") throw UnicodeDecodeError(encoding, bytes, start, end, reason);
    text += decodeValid(bytes.subarray(from, start), encoding) + (errors === "replace" ? "\ufffd" : "");
    from = end;
  }
  return text + decodeValid(bytes.subarray(from), encoding);
}

/**
 * `str.encode(encoding, errors)`.
 *
 * @throws UnicodeEncodeError if errors is "strict" and the encoding lacks a character
 * @throws LookupError for an unknown encoding
 */
export function encode(text: string, name = "utf-8", errors: ErrorHandler = "strict"): Uint8Array {
  const encoding = encodingNamed(name);
  const [isBad, reason] =
    encoding === "utf-8"
      ? [(c: string) => c.length === 1 && c >= "\ud800" && c <= "\udfff", "surrogates not allowed"]
      : [(c: string) => c.codePointAt(0)! >= LIMITS[encoding], `ordinal not in range(${LIMITS[encoding]})`];
  const characters = [...text];
  const start = characters.findIndex(isBad);
  if (start >= 0) {
    if (errors !== "replace" && errors !== "ignore") {
      let end = start + 1;
      while (end < characters.length && isBad(characters[end]!)) end++;
      throw UnicodeEncodeError(encoding, text, start, end, reason);
    }
    return encode(characters.map((c) => (isBad(c) ? (errors === "replace" ? "?" : "") : c)).join(""), name);
  }
  return encoding === "utf-8" ? new TextEncoder().encode(text) : Uint8Array.from(characters, (c) => c.charCodeAt(0));
}
