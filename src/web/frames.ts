// Tracebacks in a page: the source map and what reads it are loaded when the first error is printed.

import type { frameTranslator as FrameTranslator, NamedRange } from "../port/frames";

type Translate = ReturnType<typeof FrameTranslator>;

/** Reads stacks by the source map at `map`, with the script at `script`. */
export function frameReader(map: string, script: string): (stack: string, file: string) => Promise<string> {
  let translator: Promise<Translate> | undefined;
  return async (stack, file) => {
    translator ??= load(map, script);
    try {
      return (await translator)(stack, file);
    } catch {
      return "[]"; // the error is printed without its lines
    }
  };
}

async function load(map: string, script: string): Promise<Translate> {
  const reader = import(script) as Promise<{ frameTranslator: typeof FrameTranslator }>;
  const [{ frameTranslator }, response] = await Promise.all([reader, fetch(map)]);
  const text = await response.text();
  const { x_ports } = JSON.parse(text) as { x_ports: Record<string, NamedRange[]> };
  return frameTranslator(text, new Set(Object.keys(x_ports)), x_ports);
}
