// What an object held is freed with it: other objects, and its attribute table.
import { beforeAll, expect, test } from "vitest";
import { Kind, Tag } from "../../assembly/status";
import { kernel, me } from "../../src/kernel/kernel";
import { postHalves } from "../../src/runtime/words";
import { attachTestKernel } from "./kernel";

beforeAll(attachTestKernel);

function newList(): number {
  return kernel.list_new() >>> 0;
}

/** `list.append(item)` */
function hold(list: number, item: number): void {
  kernel.object_retain(item);
  postHalves((Tag.Object << 16) | Kind.List, item);
  kernel.list_insert(list, 0, me);
}

function growth(work: () => void): number {
  work();
  const before = kernel.memory_used();
  for (let i = 0; i < 100; i++) work();
  return kernel.memory_used() - before;
}

test("a chain of objects is freed when its first one is released", () => {
  const chain = () => {
    const [a, b] = [newList(), newList()];
    hold(a, b);
    kernel.object_release(b);
    kernel.object_release(a);
  };
  expect(growth(chain)).toBe(0);
});

test("an object's attribute table is freed with it, and what it holds", () => {
  const withTable = () => {
    const event = kernel.event_new() >>> 0;
    const table = kernel.attributes_new(Kind.Attributes, 2) >>> 0;
    expect(kernel.object_attach(event, table)).toBeTruthy();
    kernel.object_make_common(event, 0);
    expect(kernel.object_attributes(event) >>> 0).toBe(table);
    const late = kernel.attributes_new(Kind.Attributes, 2) >>> 0;
    expect(kernel.object_attach(event, late)).toBeFalsy();
    kernel.object_release(late);
    postHalves((Tag.Object << 16) | Kind.List, newList());
    kernel.attributes_set(table, 7, me);
    kernel.object_release(event);
  };
  expect(growth(withTable)).toBe(0);
});
