// Running a port: compile it, and supervise it.
import type { HostProgram } from "./runtime/host_supervisor";
import type { ProgramOptions } from "./runtime/supervisor";

export interface RunOptions extends ProgramOptions {}

/**
 * Runs a ported program on threads of its own; the caller's thread stays free.
 *
 * @param file the port: a TypeScript or JavaScript file, with what it imports
 * @param options where its output goes and its input comes from; `argv` are the arguments after the program's name
 * @returns the running program, whose `exitCode` can be awaited
 * @throws PortError if the port cannot be compiled; it names file, line and remedy
 */
export async function run(file: string | URL, options: RunOptions = {}): Promise<HostProgram> {
  const [{ compileProgram }, { HostProgram, startProgram }] = await Promise.all([
    import("./port/program"),
    import("./runtime/host_supervisor"),
  ]);
  const path = typeof file === "string" ? file : decodeURIComponent(file.pathname);
  const program = await compileProgram(path);
  return startProgram(HostProgram, program, { ...options, argv: [path, ...(options.argv ?? [])] });
}
