// The lines of a program that was not compiled: the engine's stack as it is, without the library's and the host's own frames.
import type { Frame } from "../platform/types";

const LINE = /^\s*at (?:async )?(?:(.*?) \()?((?:file|https?):\/\/.*?):(\d+):\d+\)?$/;
/** Firefox and Safari: the name with those of the functions around it, or empty. */
const OTHER_LINE = /^(?:async\*)?([^@]*)@((?:file|https?):\/\/.*?):(\d+):\d+$/;

/** The folder of the library, as stacks name it; none where a bundler has put it among the program's own code. */
const [, library] =
  /^(.*\/)runtime\/plain_frames\.js$/.exec(LINE.exec(new Error().stack?.split("\n")[1] ?? "")?.[2] ?? "") ?? [];

/** Outermost first. */
export function plainFrames(stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const text of stack.split("\n")) {
    const [, name, url, line] = LINE.exec(text) ?? OTHER_LINE.exec(text) ?? [];
    if (!url || (library && url.startsWith(library))) continue;
    const file = url.startsWith("file:") ? decodeURIComponent(new URL(url).pathname) : url;
    frames.unshift({
      file,
      line: Number(line),
      name: name?.endsWith("<") ? "<lambda>" : name?.split("/").at(-1) || "<module>",
      source: "",
    });
  }
  return frames;
}
