import { describe, expect, test } from "vitest";
import { straightLineFaults } from "../../scripts/guard/straight-line.mjs";
import { compileKernel, type Patch } from "./compile";

const importRelease: Patch = {
  file: "semaphore.ts",
  find: 'import { allocate } from "./object";',
  replace: 'import { allocate, release } from "./object";',
};
const takeUnit = "store<i32>(semaphore + VALUE, value - 1);\n      if (waiter == 0) {";

/** Faults of the kernel with `replace` in the place of a section's store. */
async function faultsWith(replace: string): Promise<string[]> {
  const patch: Patch = { file: "semaphore.ts", find: takeUnit, replace: `${replace}\n      ${takeUnit}` };
  return straightLineFaults(await compileKernel({ patches: [importRelease, patch] })).faults;
}

describe("the straight-line guard", () => {
  test("finds nothing in the kernel, and finds its sections", async () => {
    const { faults, sections } = straightLineFaults(await compileKernel());
    expect(faults).toEqual([]);
    expect(sections).toBeGreaterThan(40);
  });

  test("sees a call in a section", async () => {
    expect(await faultsWith("if (value > 7) release(semaphore);")).toEqual([
      expect.stringMatching(/^semaphore_attempt: calls function \d+ while a spinlock is held$/),
    ]);
  });

  test("sees a loop in a section", async () => {
    const faults = await faultsWith(
      "for (let i = 0; i < value; i++) store<i32>(semaphore + VALUE, load<i32>(node) + i);",
    );
    expect(faults).toContainEqual(expect.stringContaining("loop"));
  });

  test("sees a section that is left with its spinlock held", async () => {
    expect(await faultsWith("if (value == 77) return Status.Invalid;")).toEqual([
      "semaphore_attempt: returns with a spinlock held",
    ]);
  });

  test("sees a spinlock taken in a section", async () => {
    expect(await faultsWith("spin.acquire(node);")).toContainEqual(
      "semaphore_attempt: takes a spinlock while it holds one",
    );
  });

  test("sees a wake-up that a call parts from its section", async () => {
    const patch: Patch = {
      file: "semaphore.ts",
      find: "      queue.notify(waiter, before);\n      continue;",
      replace: "      release(semaphore);\n      queue.notify(waiter, before);\n      continue;",
    };
    const { faults } = straightLineFaults(await compileKernel({ patches: [importRelease, patch] }));
    expect(faults).toEqual(["semaphore_attempt: wakes somebody after a call or loop that follows the section"]);
  });
});
