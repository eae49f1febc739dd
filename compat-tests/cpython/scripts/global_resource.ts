import { multiprocessing as mp } from "pythreads";

const ctx = mp.get_context("spawn");
export const global_resource = ctx.Semaphore();
function submain() {}
if (__name__ === "__main__") {
  const p = ctx.Process({ target: submain });
  p.start();
  p.join();
}
