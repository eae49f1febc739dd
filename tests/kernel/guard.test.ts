import { describe, expect, test } from "vitest";
import { straightLineFaults } from "../../scripts/guard/straight-line.mjs";
import { compileKernel, type Patch } from "./compile";

const importRelease: Patch = {
  file: "semaphore.ts",
  find: 'import { allocate } from "./object";',
  replace: 'import { allocate, release } from "./object";',
};
const addUnits = "store<i32>(semaphore + VALUE, value + n);";

/** Faults of the kernel with `replace` in the place of a section's store. */
async function faultsWith(replace: string): Promise<string[]> {
  const patch: Patch = { file: "semaphore.ts", find: addUnits, replace: `${replace}\n  ${addUnits}` };
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
      expect.stringMatching(/^semaphore_release: calls function \d+ while a spinlock is held$/),
    ]);
  });

  test("sees a loop in a section", async () => {
    const faults = await faultsWith(
      "for (let i = 0; i < value; i++) store<i32>(semaphore + VALUE, load<i32>(semaphore) + i);",
    );
    expect(faults).toContainEqual(expect.stringContaining("loop"));
  });

  test("sees a section that is left with its spinlock held", async () => {
    expect(await faultsWith("if (value == 77) return Status.Invalid;")).toEqual([
      "semaphore_release: returns with a spinlock held",
    ]);
  });

  test("sees a spinlock taken in a section", async () => {
    expect(await faultsWith("spin.acquire(semaphore);")).toContainEqual(
      "semaphore_release: takes a spinlock while it holds one",
    );
  });

  test("sees a wake-up that a call parts from its section", async () => {
    const patch: Patch = {
      file: "semaphore.ts",
      find: "    queue.notify(waiter, before);",
      replace: "    release(semaphore);\n    queue.notify(waiter, before);",
    };
    const { faults } = straightLineFaults(await compileKernel({ patches: [importRelease, patch] }));
    expect(faults).toEqual([expect.stringMatching(/: wakes somebody after a call or loop that follows the section$/)]);
  });
});
