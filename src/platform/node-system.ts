// What the os module needs, on Node.
import * as fs from "node:fs";
import { availableParallelism, homedir, hostname, tmpdir } from "node:os";
import { isatty } from "node:tty";
import type { FileHost, SystemHost } from "./system";

const files: FileHost = {
  open: (path, flags, mode) => fs.openSync(path, flags, mode),
  close: (fd) => fs.closeSync(fd),
  read: (fd, into, position) => fs.readSync(fd, into, 0, into.length, position),
  write: (fd, from, position) => fs.writeSync(fd, from, 0, from.length, position),
  truncate: (fd, length) => fs.ftruncateSync(fd, length),
  status: (path, followsLinks) =>
    typeof path === "number" ? fs.fstatSync(path) : followsLinks ? fs.statSync(path) : fs.lstatSync(path),
  list: (path) =>
    fs
      .readdirSync(path, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory(), isLink: entry.isSymbolicLink() })),
  mkdir: (path, mode) => void fs.mkdirSync(path, mode),
  rmdir: (path) => fs.rmdirSync(path),
  unlink: (path) => fs.unlinkSync(path),
  rename: (from, to) => fs.renameSync(from, to),
  link: (target, path) => fs.linkSync(target, path),
  symlink: (target, path) => fs.symlinkSync(target, path),
  readlink: (path) => fs.readlinkSync(path),
  realpath: (path) => fs.realpathSync(path),
  access: (path, mode) => fs.accessSync(path, mode),
  chmod: (path, mode) => fs.chmodSync(path, mode),
  utimes: (path, accessed, modified) => fs.utimesSync(path, accessed, modified),
};

export const system: SystemHost = {
  pid: process.pid,
  ppid: process.ppid,
  namesAgent: true,
  cpus: availableParallelism,
  environ: () => process.env,
  cwd: () => process.cwd(),
  home: homedir,
  temporary: tmpdir,
  hostname,
  random: (bytes) => void crypto.getRandomValues(bytes),
  processTime() {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  },
  isTerminal: isatty,
  terminalSize: () => [process.stdout.columns ?? 80, process.stdout.rows ?? 24],
  kill: (pid, signum) => void process.kill(pid, signum),
  files,
};
