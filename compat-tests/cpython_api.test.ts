// Our modules against the table of CPython 3.11's names and signatures.
//
// Names are looked up in the modules themselves. Signatures are read off the binders in the sources, `signature("…")`,
// which decide at run time what a call may look like.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import * as _thread from "../src/_thread";
import * as contextlib from "../src/contextlib";
import * as contextvars from "../src/contextvars";
import * as queue from "../src/queue";
import * as sched from "../src/sched";
import * as threading from "../src/threading";
import { missing, otherSignature } from "./cpython/api_reasons.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const modules: Record<string, Record<string, any>> = { threading, _thread, queue, contextlib, contextvars, sched };

interface Entry {
  id: string;
  module: string;
  /** `acquire`, or `Lock().acquire`. */
  name: string;
  kind: string;
  signature: string;
}

const [, ...lines] = readFileSync(`${ROOT}compat-tests/cpython/api.tsv`, "utf8").trimEnd().split("\n");
const entries: Entry[] = lines.map((line) => {
  const [module, name, kind, signature] = line.split("\t") as [string, string, string, string];
  return { id: `${module}.${name}`, module, name, kind, signature };
});

function exists({ module, name }: Entry): boolean {
  const [top, member] = name.replace("()", "").split(".") as [string, string?];
  const owner = modules[module]![top];
  if (owner === undefined || member === undefined) return owner !== undefined;
  return member in owner.prototype || member in owner || isField(top, member);
}

/** Fields that each instance has for itself are not in the prototype. */
function isField(cls: string, member: string): boolean {
  return cls.endsWith("ExceptHookArgs") && ["exc_type", "exc_value", "exc_traceback", "thread"].includes(member);
}

describe("every name of CPython's is there, or there is a reason", () => {
  for (const entry of entries) {
    const reason = missing[entry.id];
    test(reason ? `${entry.id} is not (${reason})` : entry.id, () => expect(exists(entry)).toBe(reason === undefined));
  }
});

/** Our signatures by name, `Condition.wait` or `interrupt_main`. */
function ourSignatures(): Map<string, string> {
  const folders = ["src/threading/", "src/queue/", "src/contextlib/"].map((folder) => ROOT + folder);
  const inFolders = folders.flatMap((folder) => readdirSync(folder).map((file) => folder + file));
  const files = [...inFolders, ...["_thread", "contextvars", "sched"].map((name) => `${ROOT}src/${name}.ts`)];
  const found = new Map<string, string>();
  for (const file of files) {
    for (const [, name, parameters] of readFileSync(file, "utf8").matchAll(/"([\w.]+)\((.*)\)",?\s*\)/g)) {
      // The same calls for event loops, which take an AbortSignal besides.
      if (parameters!.endsWith("signal=None")) continue;
      found.set(name!, normalized(parameters!));
    }
  }
  return found;
}

/** Parameters without `self`, annotations and spaces. */
function normalized(parameters: string): string {
  return parameters
    .split(",")
    .map((parameter) => parameter.trim().replace(/:\s*\w+/, ""))
    .filter((parameter) => !["", "self"].includes(parameter))
    .join(", ")
    .replace(/^\/, |, \/$|^\/$/g, "");
}

const ours = ourSignatures();
const BASES: Record<string, string> = {
  Timer: "Thread",
  BoundedSemaphore: "Semaphore",
  LifoQueue: "Queue",
  PriorityQueue: "Queue",
  AsyncExitStack: "ExitStack",
};

function ourSignature(name: string, isClass: boolean): string {
  const [top, member] = name.replace("()", "").split(".") as [string, string?];
  const method = isClass ? "__init__" : member;
  for (let cls: string | undefined = top; cls; cls = BASES[cls]) {
    const found = ours.get(method ? `${cls}.${method}` : cls) ?? (isClass ? ours.get(cls) : undefined);
    if (found !== undefined) return found;
  }
  return ours.get(method ?? top) ?? "";
}

describe("every signature is CPython's, or there is a reason", () => {
  for (const { id, name, kind, signature } of entries) {
    const parameters = /^\w*\((.*)\)/.exec(signature)?.[1];
    if (missing[id] || parameters === undefined || kind === "constant") continue;
    const reason = otherSignature[id];
    const wanted = normalized(parameters);
    test(reason ? `${id}(${wanted}) is another (${reason})` : `${id}(${wanted})`, () => {
      const got = ourSignature(name, kind === "class" && !name.includes("()"));
      if (reason) expect(got).not.toBe(wanted);
      else expect(got).toBe(wanted);
    });
  }
});

test("each reason is about a name of the table", () => {
  const ids = new Set(entries.map(({ id }) => id));
  expect([...Object.keys(missing), ...Object.keys(otherSignature)].filter((id) => !ids.has(id))).toEqual([]);
});
