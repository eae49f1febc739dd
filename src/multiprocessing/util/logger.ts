// The logger of multiprocessing: as much of Python's logging as get_logger() and log_to_stderr() show.
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { list } from "../../builtins/list";
import { repr, str } from "../../builtins/repr";
import { callable } from "../../callable";
import { TypeError, ValueError } from "../../exceptions";
import { defineAll } from "../../registry";
import { Instance } from "../../runtime/instance";
import { sys } from "../../sys";
import { printError } from "../../sys/hooks";
import { current_process } from "../process";

export const NOTSET = 0;
const DEBUG = 10;
const INFO = 20;
const WARNING = 30;
const ERROR = 40;
const CRITICAL = 50;

const LEVELS: Record<string, number> = {
  CRITICAL,
  FATAL: CRITICAL,
  ERROR,
  WARN: WARNING,
  WARNING,
  INFO,
  DEBUG,
  NOTSET,
};
const NAMES = new Map(["CRITICAL", "ERROR", "WARNING", "INFO", "DEBUG"].map((name) => [LEVELS[name]!, name]));

function levelOf(level: unknown): number {
  if (typeof level === "number" && Number.isInteger(level)) return level;
  if (typeof level !== "string") throw TypeError(`Level not an integer or a valid string: ${repr(level)}`);
  if (!Object.hasOwn(LEVELS, level)) throw ValueError(`Unknown level: ${repr(level)}`);
  return LEVELS[level]!;
}

const CONVERSIONS = /%(?:\d|\.|-)*([sdrif%])/g;

/** A message with its arguments, as `msg % args` puts them in. */
function messageOf(msg: unknown, args: readonly unknown[]): string {
  if (args.length === 0) return str(msg);
  let next = 0;
  return str(msg).replace(CONVERSIONS, (_, kind: string) => {
    if (kind === "%") return "%";
    const value = args[next++];
    return kind === "r" ? repr(value) : str(value);
  });
}

const bindHandler = signature<[stream: unknown]>("StreamHandler.__init__(stream=None)");

class StreamHandlerType extends Instance {
  static readonly __module__: string = "logging";

  declare level: number;
  /** Where it writes; None is what sys.stderr is at the moment. */
  declare stream: { write(text: string): unknown } | null;

  constructor(stream?: { write(text: string): unknown } | null);
  constructor(...args: unknown[]) {
    const [stream] = bindHandler(args);
    super();
    this.level = NOTSET;
    this.stream = stream as never;
  }

  setLevel(level: number | string): void {
    this.level = levelOf(level);
  }

  emit(level: number, message: string): void {
    const name = NAMES.get(level) ?? `Level ${level}`;
    const line = `[${name}/${current_process().name}] ${message}\n`;
    if (this.stream === null) printError(line);
    else this.stream.write(line);
  }

  __repr__(): string {
    const name = this.stream === null ? ((sys.stderr as { name?: string } | null)?.name ?? "") : typeName(this.stream);
    return `<StreamHandler ${name} (${NAMES.get(this.level) ?? "NOTSET"})>`;
  }
}

/** Writes what is logged to a stream, in multiprocessing's format: `[INFO/Process-1] process shutting down`. */
export const StreamHandler = callable(StreamHandlerType, "StreamHandler");
export type StreamHandler = StreamHandlerType;

class LoggerType extends Instance {
  static readonly __module__: string = "logging";

  declare name: string;
  declare level: number;
  declare handlers: list<StreamHandler>;
  declare propagate: number;
  declare disabled: boolean;

  constructor(name: string) {
    super();
    this.name = name;
    this.level = NOTSET;
    this.handlers = list([]) as list<StreamHandler>;
    this.propagate = 0;
    this.disabled = false;
  }

  /** What is below the level is not logged. By number, or by name: "INFO". */
  setLevel(level: number | string | { level: number | string }): void;
  setLevel(level: any): void {
    this.level = levelOf(typeof level === "object" && level !== null ? level.level : level);
  }

  /** The level; where it is NOTSET that of Python's root logger, WARNING. */
  getEffectiveLevel(): number {
    return this.level === NOTSET ? WARNING : this.level;
  }

  isEnabledFor(level: number): boolean {
    return !this.disabled && level >= this.getEffectiveLevel();
  }

  addHandler(handler: StreamHandler): void {
    if (!this.handlers.includes(handler)) this.handlers.append(handler);
  }

  removeHandler(handler: StreamHandler): void {
    if (this.handlers.includes(handler)) this.handlers.remove(handler);
  }

  hasHandlers(): boolean {
    return this.handlers.length > 0;
  }

  /** Logs a message, in which `%s`, `%d` and `%r` stand for the arguments. */
  log(level: number, msg: unknown, ...args: unknown[]): void {
    if (!Number.isInteger(level)) throw TypeError("level must be an integer");
    if (!this.isEnabledFor(level)) return;
    const message = messageOf(msg, args);
    const handlers = [...this.handlers];
    for (const handler of handlers) if (level >= handler.level) handler.emit(level, message);
    // As Python's last resort, which knows no format.
    if (handlers.length === 0 && level >= WARNING) printError(`${message}\n`);
  }

  debug(msg: unknown, ...args: unknown[]): void {
    this.log(DEBUG, msg, ...args);
  }

  info(msg: unknown, ...args: unknown[]): void {
    this.log(INFO, msg, ...args);
  }

  warning(msg: unknown, ...args: unknown[]): void {
    this.log(WARNING, msg, ...args);
  }

  error(msg: unknown, ...args: unknown[]): void {
    this.log(ERROR, msg, ...args);
  }

  critical(msg: unknown, ...args: unknown[]): void {
    this.log(CRITICAL, msg, ...args);
  }

  __repr__(): string {
    const level = this.getEffectiveLevel();
    return `<Logger ${this.name} (${NAMES.get(level) ?? `Level ${level}`})>`;
  }
}

export const Logger = callable(LoggerType, "Logger");
export type Logger = LoggerType;

defineAll("logging", { Logger, StreamHandler });
