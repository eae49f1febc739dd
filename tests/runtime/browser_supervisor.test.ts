// A worker of a page is buried when it is gone, and not when it has said so: finalizers run after that.
import { afterEach, expect, test, vi } from "vitest";
import { supervisorHost } from "../../src/platform/browser-supervisor";

afterEach(() => vi.unstubAllGlobals());

/** A worker, and the lock that it holds as long as it lives. */
function started() {
  const worker = { postMessage: vi.fn(), terminate: vi.fn() } as unknown as Worker & { terminate: () => void };
  const waiting: (() => void)[] = [];
  vi.stubGlobal("Worker", function make() {
    return worker;
  });
  const request = (_name: string, granted: () => void) => void waiting.push(granted);
  vi.stubGlobal("navigator", { locks: { request } });
  const events = { message: vi.fn(), ended: vi.fn() };
  const handle = supervisorHost.install("program.js", false).start({ carrier: 1 } as never, events);
  const dies = () => {
    for (const granted of waiting.splice(0)) granted();
  };
  return { worker, events, handle, dies };
}

type Started = ReturnType<typeof started>;

test.each<[string, (one: Started) => void, error: string | undefined]>([
  ["has left", ({ worker }) => worker.onmessage!({ data: { kind: "left" } } as never), undefined],
  ["was terminated", ({ handle }) => handle.terminate(), undefined],
  ["has failed", ({ worker }) => worker.onerror!({ preventDefault() {}, message: "no" } as never), "no"],
  ["could not be told", ({ worker }) => worker.onmessageerror!({} as never), "memory refused"],
])("a worker that %s has ended when its lock is free, once", (_, end, error) => {
  const one = started();
  end(one);
  one.handle.terminate();
  expect(one.worker.terminate).toHaveBeenCalledOnce();
  expect(one.events.ended).not.toHaveBeenCalled();
  one.dies();
  expect(one.events.ended).toHaveBeenCalledOnce();
  const [reason] = one.events.ended.mock.calls[0] as [Error | undefined];
  if (error === undefined) expect(reason).toBeUndefined();
  else expect(reason?.message).toContain(error);
});
