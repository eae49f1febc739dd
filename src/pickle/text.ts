// Text in pickles: UTF-8 in which a lone surrogate stands as if it were a character (Python's "surrogatepass").
import { decode } from "../builtins/text_codecs";

const LONE_SURROGATE = /\p{Surrogate}/u;

export function encodeText(text: string): Uint8Array {
  if (!LONE_SURROGATE.test(text)) return new TextEncoder().encode(text);
  const parts = [...text].map((c) => (LONE_SURROGATE.test(c) ? encodeSurrogate(c.charCodeAt(0)) : encodeText(c)));
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function encodeSurrogate(code: number): Uint8Array {
  return Uint8Array.of(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** @throws UnicodeDecodeError */
export function decodeText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeSlow(bytes);
  }
}

function decodeSlow(bytes: Uint8Array): string {
  let text = "";
  let from = 0;
  for (let at = bytes.indexOf(0xed); at >= 0; at = bytes.indexOf(0xed, at + 1)) {
    const [, second = 0, third = 0] = bytes.subarray(at, at + 3);
    if (second < 0xa0 || second > 0xbf || third < 0x80 || third > 0xbf) continue;
    text += decode(bytes.subarray(from, at)) + String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    from = at + 3;
  }
  return text + decode(bytes.subarray(from));
}
