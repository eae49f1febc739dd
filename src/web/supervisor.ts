// A program's supervisor in a page: a worker, so that neither a busy page holds the program up nor it the page.
import { Program, startProgram } from "../runtime/supervisor";
import { frameReader } from "./frames";
import type { FromPage, Manifest, SuperviseOrder, ToPage } from "./protocol";

declare const self: Worker & { pythreads: Manifest; location: Location; close(): void };

function tell(message: ToPage): void {
  self.postMessage(message);
}

/** Starts the program of this script, and does what the page orders until it has ended. */
export async function supervise(order: SuperviseOrder): Promise<void> {
  const { kernel, wholeKernel, map, frames, variables, names } = self.pythreads;
  const url = self.location.href;
  const here = (file: string) => new URL(file, url).href;
  const lines: ((text: string | null) => void)[] = [];
  const orders: FromPage[] = [];
  let program: Program | undefined;
  const obey = (order: FromPage) => {
    if (order.kind === "line") lines.shift()?.(order.text);
    else if (!program) orders.push(order);
    else if (order.kind === "interrupt") program.interrupt();
    else if (order.kind === "terminate") program.terminate();
    else if (order.kind === "join") tell({ kind: "invitation", invitation: program.invitation });
    else if (order.kind === "message") program.receive(order.message);
  };
  self.addEventListener("message", ({ data }: MessageEvent<FromPage>) => obey(data));
  try {
    program = await startProgram(
      Program,
      {
        code: url,
        isModule: order.isModule,
        kernel: here(kernel),
        wholeKernel: here(wholeKernel),
        variables,
        names,
        frames: frameReader(here(map), here(frames)),
      },
      {
        argv: order.argv,
        carriers: order.carriers,
        memory: order.memory,
        stdout: (text) => tell({ kind: "write", fd: 1, text }),
        stderr: (text) => tell({ kind: "write", fd: 2, text }),
        stdin() {
          tell({ kind: "line" });
          return new Promise((resolve) => lines.push(resolve));
        },
        onexit: (code) => tell({ kind: "exit", code }),
      },
    );
  } catch (error) {
    tell({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    self.close();
    return;
  }
  tell({ kind: "running" });
  for (const order of orders) obey(order);
  await program.gone;
  tell({ kind: "left" });
  self.close();
}
