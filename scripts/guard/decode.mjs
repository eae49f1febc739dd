// The instructions of a WebAssembly binary, as far as the kernel's emitted code has them.

export const SECTION = { type: 1, import: 2, function: 3, export: 7, code: 10 };

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** LEB128, signed or not. Wide enough for what the guard compares. */
  leb(signed = false) {
    let result = 0n;
    let shift = 0n;
    let byte;
    do {
      byte = this.byte();
      result |= BigInt(byte & 0x7f) << shift;
      shift += 7n;
    } while (byte & 0x80);
    if (signed && byte & 0x40) result -= 1n << shift;
    return Number(result);
  }

  name() {
    const length = this.leb();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}

const NO_IMMEDIATE = new Set([0x00, 0x01, 0x05, 0x0b, 0x0f, 0x1a, 0x1b]);
const INDEX = new Set([0x0c, 0x0d, 0x10, 0x20, 0x21, 0x22, 0x23, 0x24]);
const BLOCKS = { 2: "block", 3: "loop", 4: "if" };
const NAMES = { 0: "unreachable", 5: "else", 11: "end", 12: "br", 13: "br_if", 15: "return", 16: "call" };

/** One instruction: `{ op, name, value }`, where `value` is its index, label or constant. */
function instruction(reader) {
  const op = reader.byte();
  if (op in BLOCKS) return { op, name: BLOCKS[op], value: reader.leb(true) };
  if (INDEX.has(op)) return { op, name: NAMES[op], value: reader.leb() };
  if (NO_IMMEDIATE.has(op) || (op >= 0x45 && op <= 0xc4)) return { op, name: NAMES[op] };
  if (op >= 0x28 && op <= 0x3e) return { op, name: "memory", align: reader.leb(), value: reader.leb() };
  if (op === 0x3f || op === 0x40) return { op, name: op === 0x40 ? "memory.grow" : "memory.size", value: reader.leb() };
  if (op === 0x41 || op === 0x42) return { op, name: "const", value: reader.leb(true) };
  if (op === 0x43 || op === 0x44) {
    reader.at += op === 0x43 ? 4 : 8;
    return { op, name: "const", value: Number.NaN };
  }
  if (op === 0x0e) {
    const labels = Array.from({ length: reader.leb() + 1 }, () => reader.leb());
    return { op, name: "br_table", labels };
  }
  if (op === 0x11) return { op, name: "call_indirect", type: reader.leb(), value: reader.leb() };
  if (op === 0xfc) return bulk(reader);
  if (op === 0xfe) return atomic(reader);
  throw new Error(`the guard does not know opcode 0x${op.toString(16)}`);
}

function bulk(reader) {
  const sub = reader.leb();
  if (sub <= 7) return { op: 0xfc, name: "truncate" };
  if (sub === 10) reader.leb();
  else if (sub !== 11) throw new Error(`the guard does not know opcode 0xfc ${sub}`);
  return { op: 0xfc, name: sub === 10 ? "memory.copy" : "memory.fill", value: reader.leb() };
}

const ATOMICS = { 0: "notify", 1: "wait", 2: "wait", 65: "xchg", 72: "cmpxchg" };

function atomic(reader) {
  const sub = reader.leb();
  if (sub === 3) {
    reader.byte();
    return { op: 0xfe, name: "fence" };
  }
  const name = ATOMICS[sub] ?? (sub >= 0x17 && sub <= 0x1d ? "atomic.store" : "atomic");
  return { op: 0xfe, name, align: reader.leb(), value: reader.leb() };
}

/**
 * What a binary is made of, with where each part of it stands in `bytes`: its `sections`, its `exports` and its own `functions`.
 * `imports` is the number of imported functions, which come first.
 */
export function decode(bytes) {
  const reader = new Reader(bytes, 8);
  const sections = [];
  let exports = [];
  let bodies = [];
  let imports = 0;
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.leb();
    const start = reader.at;
    const end = start + size;
    sections.push({ id, start, end });
    if (id === SECTION.import) imports = readImports(reader);
    else if (id === SECTION.export) exports = readExports(reader);
    else if (id === SECTION.code) bodies = readCode(reader);
    reader.at = end;
  }
  const names = new Map(exports.filter(({ kind }) => kind === 0).map(({ index, name }) => [index, name]));
  const functions = bodies.map((body, i) => {
    const index = imports + i;
    return { ...body, index, name: names.get(index) ?? `function ${index}` };
  });
  return { sections, exports, imports, functions };
}

function readImports(reader) {
  let functions = 0;
  for (let count = reader.leb(); count > 0; count--) {
    reader.name();
    reader.name();
    const kind = reader.byte();
    if (kind === 0) {
      reader.leb();
      functions++;
    } else if (kind === 2) {
      const flags = reader.leb();
      reader.leb();
      if (flags & 1) reader.leb();
    } else if (kind === 3) reader.at += 2;
    else throw new Error(`the guard does not know import kind ${kind}`);
  }
  return functions;
}

function readExports(reader) {
  const exports = [];
  for (let count = reader.leb(); count > 0; count--) {
    const start = reader.at;
    const name = reader.name();
    const kind = reader.byte();
    const index = reader.leb();
    exports.push({ name, kind, index, start, end: reader.at });
  }
  return exports;
}

function readCode(reader) {
  const bodies = [];
  for (let count = reader.leb(); count > 0; count--) {
    const start = reader.at;
    const size = reader.leb();
    const end = reader.at + size;
    for (let locals = reader.leb(); locals > 0; locals--) {
      reader.leb();
      reader.byte();
    }
    const code = [];
    while (reader.at < end) code.push(instruction(reader));
    bodies.push({ code, start, end });
  }
  return bodies;
}
