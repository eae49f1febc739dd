// What the os module needs of a host. What a host cannot do raises an error with a `code` such as "ENOSYS".

export interface FileStatus {
  mode: number;
  ino: number;
  dev: number;
  nlink: number;
  uid: number;
  gid: number;
  size: number;
  atimeMs: number;
  mtimeMs: number;
  ctimeMs: number;
}

export interface SystemHost {
  readonly pid: number;
  readonly ppid: number;
  /** Whether a program may tell servers its own name: in a page that would need each server's leave. */
  readonly namesAgent: boolean;
  cpus(): number;
  environ(): Record<string, string | undefined>;
  cwd(): string;
  home(): string;
  temporary(): string;
  hostname(): string;
  random(bytes: Uint8Array): void;
  /** Seconds of processor time that the whole program has used. */
  processTime(): number;
  /** Is this descriptor a terminal? */
  isTerminal(fd: number): boolean;
  terminalSize(): [columns: number, lines: number];
  kill(pid: number, signum: number): void;
  readonly files: FileHost;
}

export interface FileHost {
  open(path: string, flags: string | number, mode: number): number;
  close(fd: number): void;
  /** Reads to `into`, at `position` or where the descriptor stands; gives the number of bytes. */
  read(fd: number, into: Uint8Array, position: number | null): number;
  write(fd: number, from: Uint8Array, position: number | null): number;
  truncate(fd: number, length: number): void;
  status(path: string | number, followsLinks: boolean): FileStatus;
  list(path: string): { name: string; isFolder: boolean; isLink: boolean }[];
  mkdir(path: string, mode: number): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  rename(from: string, to: string): void;
  link(target: string, path: string): void;
  symlink(target: string, path: string): void;
  readlink(path: string): string;
  realpath(path: string): string;
  access(path: string, mode: number): void;
  chmod(path: string, mode: number): void;
  utimes(path: string, accessed: number, modified: number): void;
}
