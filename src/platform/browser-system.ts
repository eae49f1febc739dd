// What the os module needs, in a web page: there are no files and no other processes.
import type { FileHost, SystemHost } from "./system";

function refuse(what: string): (...args: unknown[]) => never {
  return () => {
    throw Object.assign(new Error(what), { code: "ENOSYS", reason: what });
  };
}

const noFiles = refuse("a web page has no file system");

export const system: SystemHost = {
  pid: 1000,
  ppid: 1,
  namesAgent: false,
  cpus: () => navigator.hardwareConcurrency,
  environ: () => ({}),
  cwd: () => "/",
  home: () => "/",
  temporary: () => "/tmp",
  hostname: () => location.hostname || "localhost",
  random: (bytes) => void crypto.getRandomValues(bytes),
  processTime: () => performance.now() / 1000,
  isTerminal: () => false,
  terminalSize: () => [80, 24],
  kill: refuse("a web page has no other processes"),
  files: new Proxy({} as FileHost, { get: () => noFiles }),
};
