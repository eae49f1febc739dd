// Python's modules for a page's own: those of library.ts, as variables. Were they passed on, esbuild would have a page that only
// runs ports load them too, since program.exports() can load them later.
import * as library from "../library";

export const {
  _thread,
  atexit,
  contextlib,
  contextvars,
  ctypes,
  errno,
  io,
  multiprocessing,
  os,
  queue,
  random,
  requests,
  sched,
  signal,
  sys,
  threading,
  time,
  traceback,
  urllib,
  warnings,
} = library;
