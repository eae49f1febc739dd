// Random programs give under the compiler what they give under CPython. FUZZ_SEED replays one, FUZZ_COUNT sets how many.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { runPort } from "../program/run";
import { generate } from "./fuzz/generate";

const first = Number(process.env.FUZZ_SEED ?? 1);
const count = Number(process.env.FUZZ_COUNT ?? (process.env.FUZZ_SEED ? 1 : 8));

test.each(Array.from({ length: count }, (_, i) => first + i))(
  "program %i prints what it prints under CPython",
  async (seed) => {
    const { python, port } = generate(seed);
    const expected = execFileSync("python3", ["-c", python], { encoding: "utf8" });
    const { stdout, stderr } = await runPort(port, { options: ["--carriers", "1"] });
    expect(`${stderr}${stdout}`, port).toBe(expected);
  },
);
