// Checks emitted WebAssembly: between winning a spinlock and releasing it, and from there to the wake-up that belongs to
// it, no path meets a loop, a call or an import.
//
// V8 ends a worker at exactly those places. So a thread that is terminated neither holds a spinlock nor owes a wake-up.
//
// A spinlock is won by cmpxchg(_, 0, -1) and released by xchg(_, 0): assembly/spinlock.ts uses these nowhere else in a
// section. The one function that wins a spinlock in a loop is its slow path; calling that counts as winning.
import { readFileSync } from "node:fs";
import { decode } from "./decode.mjs";

// Where a path may stand; sets of these are the states of the analysis.
const OUT = 1;
const HELD = 2;
/** Released, and everything since was straight: a wake-up is still part of the section. */
const TAIL = 4;
/** Released, and a call or loop came since. */
const TORN = 8;

const isConst = (instruction, value) => instruction?.name === "const" && instruction.value === value;

/** Whether the instruction at `i` is the compare-exchange that wins a spinlock. */
const wins = (code, i) => code[i].name === "cmpxchg" && isConst(code[i - 1], -1) && isConst(code[i - 2], 0);
const releases = (code, i) => code[i].name === "xchg" && isConst(code[i - 1], 0);

/** A function whose only loop tries to win a spinlock: what else it may do is sleep. */
function isSlowPath({ code }) {
  const loop = code.findIndex((instruction) => instruction.name === "loop");
  const won = code.findIndex((_, i) => wins(code, i));
  const stores = code.filter(
    ({ op, name }) => (op >= 0x36 && op <= 0x3e) || name === "xchg" || name === "atomic.store",
  );
  return loop >= 0 && won > loop && stores.length === 0;
}

/** Faults of one function, as sentences. */
function check(fn, slowPaths) {
  const { code } = fn;
  const faults = new Set();
  /** Blocks that are open, the innermost last: what flows to their end, and to their head if they are loops. */
  const labels = [];
  let state = OUT;

  const fault = (text) => faults.add(`${fn.name}: ${text}`);
  const branch = (depth) => {
    const label = labels[labels.length - 1 - depth];
    if (!label) return leave();
    if (label.loop) {
      if (state & HELD) fault("a loop turns while a spinlock is held");
    } else label.end |= state;
  };
  const leave = () => {
    if (state & HELD) fault("returns with a spinlock held");
  };
  const interrupt = (what) => {
    if (state & HELD) fault(`${what} while a spinlock is held`);
    state = (state & (OUT | HELD)) | (state & (TAIL | TORN) ? TORN : 0);
  };

  for (let i = 0; i < code.length; i++) {
    const { name, value } = code[i];
    switch (name) {
      case "block":
        labels.push({ end: 0 });
        break;
      case "loop":
        if (state & HELD) fault("enters a loop while a spinlock is held");
        // Whatever the back edges bring is past a loop's head: out or torn.
        if (state !== 0) state = OUT | TORN;
        labels.push({ end: 0, loop: true });
        break;
      case "if":
        labels.push({ end: 0, otherwise: state });
        break;
      case "else": {
        const label = labels.at(-1);
        label.end |= state;
        state = label.otherwise;
        label.otherwise = 0;
        break;
      }
      case "end": {
        const label = labels.pop();
        if (label) state |= label.end | (label.otherwise ?? 0);
        else if (state) leave();
        break;
      }
      case "br":
        branch(value);
        state = 0;
        break;
      case "br_if":
        branch(value);
        break;
      case "br_table":
        for (const depth of code[i].labels) branch(depth);
        state = 0;
        break;
      case "return":
        leave();
        state = 0;
        break;
      case "unreachable":
        state = 0;
        break;
      case "call":
        if (slowPaths.has(value)) state = state ? HELD : 0;
        else if (state) interrupt(`calls function ${value}`);
        break;
      case "call_indirect":
        if (state) interrupt("calls indirectly");
        break;
      case "notify":
        if (state & TORN && !(state & OUT)) fault("wakes somebody after a call or loop that follows the section");
        break;
      case "wait":
        fault("sleeps inside WebAssembly");
        break;
      default:
        if (wins(code, i)) {
          if (state & HELD) fault("takes a spinlock while it holds one");
          state = state ? HELD : 0;
        } else if (releases(code, i)) {
          state = state & HELD ? TAIL | (state & ~HELD) : state;
        }
    }
  }
  return faults;
}

/** Faults of a binary, and how many sections were seen. */
export function straightLineFaults(bytes) {
  const { functions } = decode(bytes);
  const slow = functions.filter(isSlowPath);
  const slowPaths = new Set(slow.map((fn) => fn.index));
  const others = functions.filter((fn) => !slowPaths.has(fn.index));
  const sections = others.reduce((sum, { code }) => sum + code.filter((_, i) => wins(code, i)).length, 0);
  const faults = others.flatMap((fn) => [...check(fn, slowPaths)]);
  if (slow.length > 1) faults.push(`${slow.length} functions win spinlocks in a loop`);
  return { faults, sections };
}

if (process.argv[1] === import.meta.filename || process.argv[1]?.endsWith("straight-line.mjs")) {
  const { faults, sections } = straightLineFaults(readFileSync(process.argv[2]));
  if (sections === 0) faults.push("no section was found: is this the kernel?");
  if (faults.length) {
    console.error(`the kernel's sections must be straight-line:\n  ${faults.join("\n  ")}`);
    process.exit(1);
  }
}
