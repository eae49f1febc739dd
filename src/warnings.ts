// Python's warnings module: what is said once to sys.stderr, unless a filter says otherwise.
import { signature } from "./arguments";
import { type list, newList } from "./builtins/list";
import { object } from "./builtins/object";
import { repr } from "./builtins/repr";
import { tuple } from "./builtins/tuple";
import { callable } from "./callable";
import { AssertionError, RuntimeError, Warning } from "./exceptions";
import { defineAll } from "./registry";
import { assign, assigned } from "./runtime/module_object";
import { countModuleChange } from "./runtime/process";
import type { TextWriter } from "./sys";
import {
  ACTIONS,
  type Action,
  type Category,
  FILTERS,
  type Filter,
  filtersNow,
  RECORD,
  SEEN,
  seen,
  setMakeEntry,
} from "./warnings/warn";

export { formatwarning, showwarning, warn } from "./warnings/warn";

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
setMakeEntry((fields) => Object.assign(new WarningMessageType(), fields));

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

defineAll("warnings", { simplefilter, filterwarnings, resetwarnings, WarningMessage, catch_warnings });
