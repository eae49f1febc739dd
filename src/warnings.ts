// Python's warnings module: what is said once to sys.stderr, unless a filter says otherwise.
//
// The filters, and what was said, are lists of the process: all threads see them.
import { signature } from "./arguments";
import { isClass, typeName } from "./builtins/classes";
import { type list, newList } from "./builtins/list";
import { object } from "./builtins/object";
import { repr, str } from "./builtins/repr";
import { tuple } from "./builtins/tuple";
import { issubclass } from "./builtins/types";
import { callable } from "./callable";
import {
  AssertionError,
  BaseException,
  DeprecationWarning,
  ImportWarning,
  PendingDeprecationWarning,
  ResourceWarning,
  RuntimeError,
  TypeError,
  UserWarning,
  Warning,
} from "./exceptions";
import { defineAll } from "./registry";
import { assign, assigned } from "./runtime/module_object";
import { moduleNameOf } from "./runtime/modules";
import { processValue } from "./runtime/once";
import { countModuleChange, moduleChanges } from "./runtime/process";
import { framesOf } from "./runtime/traceback";
import { sys, type TextWriter } from "./sys";

type Action = "default" | "error" | "ignore" | "always" | "module" | "once";
type Category = any;
type Filter = readonly [
  action: Action,
  message: string | null,
  category: Category,
  module: string | null,
  lineno: number,
];

const FILTERS = "warnings.filters";
const SEEN = "warnings.$seen";
const ACTIONS = ["error", "ignore", "always", "default", "module", "once"];

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

function filtersNow(): list<any> {
  return processValue(FILTERS, standardFilters);
}

function seen(): list<string> {
  return processValue(SEEN, () => newList<string>([])) as never;
}

const bindSimple = signature<[action: Action, category: Category, lineno: number, append: boolean]>(
  "simplefilter(action, category=None, lineno=0, append=False)",
);
const bindFilter = signature<
  [action: Action, message: string, category: Category, module: string, lineno: number, append: boolean]
>("filterwarnings(action, message='', category=None, module='', lineno=0, append=False)");

function enter(filter: Filter, append: boolean): void {
  if (!ACTIONS.includes(filter[0])) throw AssertionError(`invalid action: ${repr(filter[0])}`);
  if (!Number.isInteger(filter[4]) || filter[4] < 0) throw AssertionError("lineno must be an int >= 0");
  const filters = filtersNow();
  if (append) filters.append(tuple(filter));
  else filters.insert(0, tuple(filter));
  seen().clear();
  countModuleChange();
}

/** What is done with warnings of a category: the filter entered last comes first. */
export function simplefilter(action: Action, ...rest: unknown[]): void;
export function simplefilter(...args: unknown[]): void {
  const [action, category, lineno, append] = bindSimple(args);
  enter([action, null, category ?? Warning, null, lineno], append);
}

/** As simplefilter, for texts that begin as a regular expression says. */
export function filterwarnings(action: Action, ...rest: unknown[]): void;
export function filterwarnings(...args: unknown[]): void {
  const [action, message, category, module, lineno, append] = bindFilter(args);
  enter([action, message || null, category ?? Warning, module || null, lineno], append);
}

/** Takes all filters away. */
export function resetwarnings(): void {
  filtersNow().clear();
  countModuleChange();
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

/** A warning as `catch_warnings({ record: true })` collects it. */
class WarningMessageType extends object {
  static readonly __module__ = "warnings";
  declare message: any;
  declare category: Category;
  declare filename: string;
  declare lineno: number;
  declare file: TextWriter | null;
  declare line: string | null;

  __str__(): string {
    const { message, category, filename, lineno, line } = this;
    return `{message : ${repr(message)}, category : ${repr(category.name)}, filename : ${repr(filename)}, lineno : ${lineno}, line : ${repr(line)}}`;
  }
}

export const WarningMessage = callable(WarningMessageType, "WarningMessage");
export type WarningMessage = WarningMessageType;

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

const RECORD = "warnings.$record";

function tell(message: unknown, category: Category, filename: string, lineno: number, line: string): void {
  const record = assigned<list<WarningMessage> | null>(RECORD, null);
  if (record) {
    const entry = new WarningMessageType();
    record.append(Object.assign(entry, { message, category, filename, lineno, file: null, line: null }));
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

const bindCatch = signature<[record: boolean, action: Action | null, category: Category]>(
  "catch_warnings.__init__(*, record=False, module=None, action=None, category=None)",
);

class CatchWarningsType extends object {
  static readonly __module__ = "warnings";
  declare _record: boolean;
  declare _entered: boolean;
  declare _filters: list<any>;
  declare _outer: list<any> | null;

  constructor(keywords?: { record?: boolean });
  constructor(...args: unknown[]) {
    super();
    this._record = bindCatch(args)[0];
    this._entered = false;
  }

  __enter__(): list<WarningMessage> | null {
    if (this._entered) throw RuntimeError(`Cannot enter ${repr(this)} twice`);
    this._entered = true;
    this._filters = filtersNow();
    this._outer = assigned<list<any> | null>(RECORD, null);
    assign(FILTERS, newList([...this._filters]));
    assign(SEEN, newList([]));
    if (!this._record) return null;
    const record = newList([]) as unknown as list<WarningMessage>;
    assign(RECORD, record);
    return record;
  }

  __exit__(..._details: unknown[]): void {
    if (!this._entered) throw RuntimeError(`Cannot exit ${repr(this)} without entering first`);
    assign(FILTERS, this._filters);
    assign(SEEN, newList([]));
    assign(RECORD, this._outer);
  }

  __repr__(): string {
    return `catch_warnings(${this._record ? "record=True" : ""})`;
  }
}

/** Makes the filters what they were when `with` ends; with `record` it gives a list that collects the warnings meanwhile. */
export const catch_warnings = callable(CatchWarningsType, "catch_warnings");
export type catch_warnings = CatchWarningsType;

defineAll("warnings", {
  warn,
  simplefilter,
  filterwarnings,
  resetwarnings,
  formatwarning,
  showwarning,
  WarningMessage,
  catch_warnings,
});
