// Saying a warning once, unless a filter says otherwise. By itself, as the library's own deprecated names need no more.
//
// The filters, and what was said, are lists of the process: all threads see them.
import { signature } from "../arguments";
import { isClass, typeName } from "../builtins/classes";
import { type list, newList } from "../builtins/list";
import { str } from "../builtins/repr";
import { tuple } from "../builtins/tuple";
import { issubclass } from "../builtins/types";
import {
  BaseException,
  DeprecationWarning,
  ImportWarning,
  PendingDeprecationWarning,
  ResourceWarning,
  TypeError,
  UserWarning,
  Warning,
} from "../exceptions";
import { defineAll } from "../registry";
import { assigned } from "../runtime/module_object";
import { moduleNameOf } from "../runtime/modules";
import { processValue } from "../runtime/once";
import { moduleChanges } from "../runtime/process";
import { framesOf } from "../runtime/traceback";
import { sys, type TextWriter } from "../sys";

export type Action = "default" | "error" | "ignore" | "always" | "module" | "once";
export type Category = any;
export type Filter = readonly [
  action: Action,
  message: string | null,
  category: Category,
  module: string | null,
  lineno: number,
];

export const FILTERS = "warnings.filters";
export const SEEN = "warnings.$seen";
export const ACTIONS = ["error", "ignore", "always", "default", "module", "once"];

function standardFilters(): list<Filter> {
  const filters: Filter[] = [
    ["default", null, DeprecationWarning, "__main__", 0],
    ["ignore", null, DeprecationWarning, null, 0],
    ["ignore", null, PendingDeprecationWarning, null, 0],
    ["ignore", null, ImportWarning, null, 0],
    ["ignore", null, ResourceWarning, null, 0],
  ];
  return newList(filters.map((filter) => tuple(filter))) as never;
}

export function filtersNow(): list<any> {
  return processValue(FILTERS, standardFilters);
}

export function seen(): list<string> {
  return processValue(SEEN, () => newList<string>([])) as never;
}

/** What this thread has nothing to say of: a warning with its stack, and at which number of changes that was found. */
const quiet = new Map<string, number>();
const MOST_QUIET = 1000;

function keepQuiet(key: string): void {
  if (quiet.size >= MOST_QUIET) quiet.clear();
  quiet.set(key, moduleChanges());
}

function actionFor(text: string, category: Category, module: string, line: number): Action {
  for (const [action, message, cls, wanted, lineno] of filtersNow() as Iterable<Filter>) {
    const isMeant =
      (message === null || new RegExp(`^(?:${message})`, "i").test(text)) &&
      issubclass(category, cls) &&
      (wanted === null || new RegExp(`^(?:${wanted})`).test(module)) &&
      (lineno === 0 || lineno === line);
    if (isMeant) return action;
  }
  return "default";
}

/** `file:1: UserWarning: text`, and the line. */
export function formatwarning(
  message: unknown,
  category: Category,
  filename: string,
  lineno: number,
  line: string | null = null,
): string {
  return `${filename}:${lineno}: ${category.name}: ${str(message)}\n${line ? `  ${line.trim()}\n` : ""}`;
}

/** Writes a warning to a file, to sys.stderr unless told. Assign `warnings.showwarning` to do otherwise. */
export function showwarning(
  message: unknown,
  category: Category,
  filename: string,
  lineno: number,
  file: TextWriter | null = null,
  line: string | null = null,
): void {
  (file ?? sys.stderr)?.write(formatwarning(message, category, filename, lineno, line));
}

export const RECORD = "warnings.$record";

/** Makes an entry of a record; given by what makes records. */
let makeEntry: (fields: object) => unknown;

export function setMakeEntry(make: typeof makeEntry): void {
  makeEntry = make;
}

function tell(message: unknown, category: Category, filename: string, lineno: number, line: string): void {
  const record = assigned<list<any> | null>(RECORD, null);
  if (record) {
    record.append(makeEntry({ message, category, filename, lineno, file: null, line: null }));
    return;
  }
  const show = assigned("warnings.showwarning", showwarning);
  if (show === showwarning) showwarning(message, category, filename, lineno, null, line);
  else show(message, category, filename, lineno);
}

const bindWarn = signature<[message: any, category: Category, stacklevel: number]>(
  "warn(message, category=None, stacklevel=1, source=None)",
);

/**
 * Warns of something: once for each line, unless a filter says otherwise.
 *
 * @param stacklevel 2 for the line of the caller's caller
 * @throws the warning itself, if a filter makes an error of it
 */
export function warn(message: unknown, category?: Category, stacklevel?: number): void;
export function warn(...args: unknown[]): void {
  const [message, given, stacklevel] = bindWarn(args);
  const category = message instanceof BaseException ? message.constructor : (given ?? UserWarning);
  if (!isClass(category) || !issubclass(category as never, Warning as never)) {
    throw TypeError(`category must be a Warning subclass, not '${isClass(given) ? "type" : typeName(given)}'`);
  }
  const text = str(message);
  const { stack = "" } = new Error();
  // A loop that asks event.isSet() is not to read its lines each time.
  const occasion = `${(category as Category).name}:${stacklevel}:${text}\n${stack}`;
  if (quiet.get(occasion) === moduleChanges()) return;
  const frames = framesOf(stack);
  const frame = frames.at(-stacklevel);
  const { file, line, source } = frame ?? { file: "sys", line: 1, source: "" };
  const module = frame ? (moduleNameOf(file) ?? "__main__") : "sys";
  const raised = message instanceof BaseException ? message : (category as Category)(text);
  const action = actionFor(text, category, module, line);
  if (action === "ignore") return keepQuiet(occasion);
  if (action === "error") throw raised;
  if (action !== "always") {
    const place = action === "once" ? "" : action === "module" ? file : `${file}:${line}`;
    const key = `${(category as Category).name}:${place}:${text}`;
    if (seen().count(key) > 0) return keepQuiet(occasion);
    seen().append(key);
  }
  tell(raised, category, file, line, source);
}

defineAll("warnings", { warn, formatwarning, showwarning });
