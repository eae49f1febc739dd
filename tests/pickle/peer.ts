// A python3 that answers questions about pickles, one line each, for as long as the tests run.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { bytearray } from "../../src/builtins/bytes";
import { dict } from "../../src/builtins/dict";
import { list } from "../../src/builtins/list";
import { repr } from "../../src/builtins/repr";
import { frozenset, set } from "../../src/builtins/set";
import { tuple } from "../../src/builtins/tuple";

/** `canon(x)` names a value alike in both languages: kinds told apart, sets sorted, integral floats as ints. */
const SCRIPT = `
import builtins, codecs, io, json, pickle, sys
KNOWN = {'set', 'frozenset', 'list', 'tuple', 'dict', 'bytes', 'bytearray', 'range', 'slice'}
KNOWN |= {n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException)}
class Reader(pickle._Unpickler if 'pure' in sys.argv else pickle.Unpickler):
    def find_class(self, module, name):
        if module in ('__builtin__', 'exceptions'): module = 'builtins'
        if name == 'xrange': name = 'range'
        if module == 'builtins' and name in KNOWN: return getattr(builtins, name)
        if (module, name) == ('_codecs', 'encode'): return codecs.encode
        raise pickle.UnpicklingError(f"global '{module}.{name}' is forbidden")
def canon(x, seen=()):
    if any(x is s for s in seen): return '...'
    seen = seen + (x,)
    many = lambda xs: ','.join(canon(i, seen) for i in xs)
    t = type(x)
    if x is None or t is bool: return str(x)
    if t is float:
        if x == x and abs(x) < 2**53 and x == int(x): return '0' if x == 0 else str(int(x))
        return 'f' + x.hex() if x == x else 'fnan'
    if t is int: return str(x)
    if t is str: return 's' + json.dumps(x)
    if t is bytes: return 'b' + x.hex()
    if t is bytearray: return 'B' + x.hex()
    if t is list: return '[' + many(x) + ']'
    if t is tuple: return '(' + many(x) + ')'
    if t is dict: return '{' + ','.join(canon(k, seen) + ':' + canon(v, seen) for k, v in x.items()) + '}'
    if t in (set, frozenset): return t.__name__ + '{' + ','.join(sorted(canon(i, seen) for i in x)) + '}'
    if isinstance(x, BaseException):
        files = ''.join(f' {f}' for f in (getattr(x, 'filename', None), getattr(x, 'filename2', None)) if f is not None) if isinstance(x, OSError) else ''
        return f'{t.__name__}{canon(x.args, seen)}{files}{canon(vars(x), seen) if vars(x) else ""}'
    return repr(x)
def answer(about, what, protocol):
    if about == 'pickle': return pickle.dumps(eval(what), protocol).hex()
    if about == 'canon': return canon(eval(what))
    return canon(Reader(io.BytesIO(bytes.fromhex(what))).load())
for line in sys.stdin:
    try: out = ['ok', answer(*json.loads(line))]
    except BaseException as e: out = [type(e).__name__, str(e)]
    print(json.dumps(out), flush=True)
`;

const FORMAT = new DataView(new ArrayBuffer(8));

/** As Python's float.hex(). */
function hexOf(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? "inf" : x < 0 ? "-inf" : "nan";
  FORMAT.setFloat64(0, x);
  const bits = FORMAT.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = (bits & 0xfffffffffffffn).toString(16).padStart(13, "0");
  const power = exponent === 0 ? -1022 : exponent - 1023;
  return `${x < 0 ? "-" : ""}0x${exponent === 0 ? 0 : 1}.${fraction}p${power < 0 ? "" : "+"}${power}`;
}

function textOf(text: string): string {
  const escapes = JSON.stringify(text).replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  return escapes;
}

export function canon(x: any, above: readonly unknown[] = []): string {
  if (above.includes(x) && typeof x === "object" && x !== null) return "...";
  const seen = [...above, x];
  const many = (items: Iterable<unknown>) => [...items].map((item) => canon(item, seen));
  if (x === null || x === undefined) return "None";
  if (typeof x === "boolean") return x ? "True" : "False";
  if (typeof x === "bigint") return String(x);
  if (typeof x === "number") return Number.isSafeInteger(x) ? String(x === 0 ? 0 : x) : `f${hexOf(x)}`;
  if (typeof x === "string") return `s${textOf(x)}`;
  if (x instanceof bytearray) return `B${Buffer.from(x).toString("hex")}`;
  if (x instanceof Uint8Array) return `b${Buffer.from(x).toString("hex")}`;
  if (x instanceof tuple) return `(${many(x)})`;
  if (x instanceof list || Array.isArray(x)) return `[${many(x)}]`;
  if (x instanceof dict)
    return `{${[...x.items()].map(([key, value]) => `${canon(key, seen)}:${canon(value, seen)}`)}}`;
  if (x instanceof set) return `set{${many(x).sort()}}`;
  if (x instanceof frozenset) return `frozenset{${many(x).sort()}}`;
  if (x instanceof Error) {
    const { args, filename, filename2, __notes__ } = x as any;
    const files = "filename2" in x ? [filename, filename2].map((f) => (f ? ` ${f}` : "")).join("") : "";
    const extra = Object.keys(x).filter((key) => key === "extra" || key === "__notes__");
    const own = [...(__notes__ && !extra.includes("__notes__") ? ["__notes__"] : []), ...extra];
    const vars = own.map((key) => `${canon(key)}:${canon((x as any)[key], seen)}`);
    return `${x.constructor.name}${canon(args, seen)}${files}${vars.length ? `{${vars}}` : ""}`;
  }
  return repr(x);
}

export const hasPython = spawnSync("python3", ["-c", ""]).status === 0;

export class Peer {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(...args: string[]) {
    this.#child = spawn("python3", ["-W", "ignore", "-c", SCRIPT, ...args], { stdio: ["pipe", "pipe", "ignore"] });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async #ask(...question: unknown[]): Promise<[outcome: string, text: string]> {
    this.#child.stdin!.write(`${JSON.stringify(question)}\n`);
    return JSON.parse((await this.#lines.next()).value);
  }

  /** `pickle.dumps` of a Python expression. */
  async pickle(expression: string, protocol: number): Promise<Uint8Array> {
    const [outcome, text] = await this.#ask("pickle", expression, protocol);
    if (outcome !== "ok") throw new Error(`${expression}: ${outcome}: ${text}`);
    return Buffer.from(text, "hex");
  }

  async canon(expression: string): Promise<string> {
    return (await this.#ask("canon", expression, 0))[1];
  }

  /** What the pickle tells of, or `["ValueError", text]` if Python refuses it. */
  load(data: Uint8Array): Promise<[outcome: string, text: string]> {
    return this.#ask("load", Buffer.from(data).toString("hex"), 0);
  }

  end(): void {
    this.#child.kill();
  }
}
