// The first module of a program file in a page. The same file serves all workers: the first message tells its part.
import { start as startThread } from "../runtime/program";
import type { FromPage } from "./protocol";
import { supervise } from "./supervisor";

/** @param load evaluates the program's modules */
export function start(load: () => unknown): void {
  self.addEventListener("message", function told({ data: order }: MessageEvent<FromPage>) {
    self.removeEventListener("message", told);
    if (order.kind === "supervise") supervise(order);
  });
  startThread(load);
}
