// multiprocessing.get_logger and log_to_stderr, and what the library itself tells the logger.
import { signature } from "../../arguments";
import { defineAll } from "../../registry";
import { assigned } from "../../runtime/module_object";
import { processValue } from "../../runtime/once";
import { Logger, NOTSET, StreamHandler } from "./logger";

export const SUBDEBUG = 5;
export const SUBWARNING = 25;
const DEBUG = 10;
const INFO = 20;

/** The process's logger. A forked process has a copy of its parent's. */
const PATH = "multiprocessing.util.$logger";

/** The logger of multiprocessing, "multiprocessing" by name. It prints nothing before log_to_stderr() is called. */
export function get_logger(): Logger {
  return processValue(PATH, () => new Logger("multiprocessing"));
}

const bindLog = signature<[level: number | string | null]>("log_to_stderr(level=None)");

/** Has the logger write to stderr, and gives it back. */
export function log_to_stderr(level?: number | string | null | { level?: number | string | null }): Logger;
export function log_to_stderr(...args: unknown[]): Logger {
  const [level] = bindLog(args);
  const logger = get_logger();
  logger.addHandler(new StreamHandler());
  if (level !== null && level !== NOTSET) logger.setLevel(level);
  return logger;
}

/** The logger, if somebody has asked for it. */
export function loggerIfAny(): Logger | undefined {
  return assigned<Logger | undefined>(PATH, undefined);
}

export function sub_debug(msg: unknown, ...args: unknown[]): void {
  loggerIfAny()?.log(SUBDEBUG, msg, ...args);
}

export function debug(msg: unknown, ...args: unknown[]): void {
  loggerIfAny()?.log(DEBUG, msg, ...args);
}

export function info(msg: unknown, ...args: unknown[]): void {
  loggerIfAny()?.log(INFO, msg, ...args);
}

export function sub_warning(msg: unknown, ...args: unknown[]): void {
  loggerIfAny()?.log(SUBWARNING, msg, ...args);
}

/** What a spawned process is told of its parent's logger, as it begins with nothing. */
export type Logging = readonly [level: number, toStderr: boolean];

export function loggingToPassOn(): Logging | null {
  const logger = loggerIfAny();
  return logger === undefined ? null : [logger.getEffectiveLevel(), logger.hasHandlers()];
}

export function takeLogging(logging: Logging | null): void {
  if (logging === null || loggerIfAny() !== undefined) return;
  const [level, toStderr] = logging;
  get_logger().setLevel(level);
  if (toStderr) log_to_stderr();
}

defineAll("multiprocessing.util", { get_logger, log_to_stderr, sub_debug, debug, info, sub_warning });
