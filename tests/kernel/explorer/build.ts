// Builds the kernel for the schedule explorer: every atomic operation, and if wanted every plain access to memory, first
// hands the turn to the explorer; so does every place at which V8 may end a thread. What must be able to stop in the
// middle is made so by Binaryen's asyncify pass.
import binaryen from "binaryen";
import { compileKernel, type Patch } from "../compile";

/** Kinds of the points at which a thread hands over its turn. */
export const POINT = { atomic: 0, plain: 1, mortal: 2 } as const;

const TRACED = `
// @ts-expect-error: decorator
@external("env", "point")
declare function point(kind: i32, address: usize): void;
// @ts-expect-error: decorator
@external("env", "notify")
declare function hostNotify(address: usize): i32;
// @ts-expect-error: decorator
@external("env", "block")
declare function hostBlock(address: usize): void;

export function mortal(): void { point(${POINT.mortal}, 0); }
/** Until the spinlock is free. */
export function block(lock: usize): void { hostBlock(lock); }
export function atomic_load<T>(at: usize): T { point(${POINT.atomic}, at); return atomic.load<T>(at); }
export function atomic_store<T>(at: usize, value: T): void { point(${POINT.atomic}, at); atomic.store<T>(at, value); }
export function atomic_cmpxchg<T>(at: usize, old: T, value: T): T { point(${POINT.atomic}, at); return atomic.cmpxchg<T>(at, old, value); }
export function atomic_xchg<T>(at: usize, value: T): T { point(${POINT.atomic}, at); return atomic.xchg<T>(at, value); }
export function atomic_add<T>(at: usize, value: T): T { point(${POINT.atomic}, at); return atomic.add<T>(at, value); }
export function atomic_sub<T>(at: usize, value: T): T { point(${POINT.atomic}, at); return atomic.sub<T>(at, value); }
export function atomic_or<T>(at: usize, value: T): T { point(${POINT.atomic}, at); return atomic.or<T>(at, value); }
export function atomic_notify(at: usize, count: i32): i32 { point(${POINT.atomic}, at); return hostNotify(at); }
/** In two steps, since it is not one. */
export function copy(to: usize, from: usize, size: usize): void {
  const half = (size >> 4) << 3;
  if (to > from) memory.copy(to + half, from + half, size - half);
  else memory.copy(to, from, half);
  point(${POINT.atomic}, to);
  if (to > from) memory.copy(to, from, half);
  else memory.copy(to + half, from + half, size - half);
}
export function plain_load<T>(at: usize): T { point(${POINT.plain}, at); return load<T>(at); }
export function plain_store<T>(at: usize, value: T): void { point(${POINT.plain}, at); store<T>(at, value); }
`;

/** So that a schedule is short: spinning only repeats what one turn tells. And so that what takes several steps does. */
const SHORTER: Patch[] = [
  { file: "thread.ts", find: "SPIN_MOST: i32 = 50000", replace: "SPIN_MOST: i32 = 1" },
  { file: "thread.ts", find: "PROBE: i32 = 100000", replace: "PROBE: i32 = 1" },
  { file: "carrier.ts", find: "SPIN_TURNS: i32 = 3000", replace: "SPIN_TURNS: i32 = 1" },
  { file: "bulk.ts", find: "  memory.copy(to, from, size);", replace: "  traced.copy(to, from, size);" },
  {
    file: "spinlock.ts",
    find: "    if (++turns > TURNS_BEFORE_BACK_OFF) backOff(lock, HELD);",
    replace: "    traced.block(lock);",
  },
];

function instrument(text: string, file: string, plain: boolean): string {
  if (file === "status.ts" || file === "layout.ts" || file === "traced.ts") return text;
  let out = text.replace(/\batomic\.(load|store|cmpxchg|xchg|add|sub|or|notify)\b/g, "traced.atomic_$1");
  if (plain)
    out = out.replace(/(?<![.\w])load</g, "traced.plain_load<").replace(/(?<![.\w])store</g, "traced.plain_store<");
  if (file !== "spinlock.ts" && file !== "futex.ts") {
    out = out.replace(/^((?:export )?function .*\{|\s+(?:while|for) \(.*\) \{)$/gm, mark(out));
  }
  return `import * as traced from "./traced";\n${out}`;
}

/** A function that is always inlined is no place to die. */
function mark(text: string) {
  return (line: string, _: string, offset: number) =>
    /@inline\n$/.test(text.slice(0, offset)) ? line : `${line} traced.mortal();`;
}

/** The kernel's binary with its points. `plain`: also at each plain load and store. */
export async function compileForExplorer(patches: Patch[] = [], plain = false): Promise<WebAssembly.Module> {
  const binary = await compileKernel({
    patches: [...SHORTER, ...patches],
    rewrite: (text, file) => instrument(text, file, plain),
    files: { "traced.ts": TRACED },
    quick: true,
  });
  const module = binaryen.readBinary(binary);
  module.setFeatures(binaryen.Features.All);
  try {
    binaryen.setPassArgument("asyncify-imports", "env.point,env.block,env.wait");
    module.runPasses(["asyncify"]);
    return new WebAssembly.Module(module.emitBinary() as BufferSource);
  } finally {
    binaryen.clearPassArguments();
    module.dispose();
  }
}
