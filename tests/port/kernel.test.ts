// The kernel with only what a program calls.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { instantiateKernel } from "../../src/kernel/kernel";
import { trimKernel } from "../../src/port/kernel";

const whole = new Uint8Array(readFileSync(new URL("../../build/kernel.wasm", import.meta.url)));

function instance(bytes: Uint8Array) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
  const kernel = instantiateKernel(module, memory, { wait: () => 0, now: () => performance.now() });
  kernel.allocator_init();
  return kernel;
}

test("exports what the code names, and nothing else", () => {
  const kernel = instance(trimKernel(whole, "kernel.allocator_init(); k.thread_new(0, 0); my_queue_new()"));
  expect(Object.keys(kernel).sort()).toEqual(["allocator_init", "thread_new"]);
});

test("has whatever that calls in turn", () => {
  const names = [
    "allocator_init",
    "process_new",
    "thread_new",
    "queue_new",
    "queue_put",
    "queue_size",
    "object_release",
  ];
  const kernel = instance(trimKernel(whole, names.join(" ")));
  const thread = kernel.thread_new(0, kernel.process_new(0));
  const queue = kernel.queue_new(0);
  kernel.queue_put(queue, thread, Number.POSITIVE_INFINITY);
  expect(kernel.queue_size(queue)).toBe(1);
  kernel.object_release(queue);
  kernel.object_release(thread);
});

test("is the smaller for it, and whole where all is named", () => {
  const names = WebAssembly.Module.exports(new WebAssembly.Module(whole)).map(({ name }) => name);
  expect(trimKernel(whole, names.join(" ")).length).toBeGreaterThan(whole.length * 0.9);
  expect(Object.keys(instance(trimKernel(whole, names.join(" "))))).toEqual(names);
  expect(trimKernel(whole, "allocator_init queue_new").length).toBeLessThan(whole.length / 2);
});
