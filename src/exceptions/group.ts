import { type AnyClass, isClass, typeName } from "../builtins/classes";
import { repr } from "../builtins/repr";
import { tuple } from "../builtins/tuple";
import { builtinException, defineDefault, type ExceptionClass } from "./define";
import { FORMAT_GROUP, formatGroup } from "./group_format";
import { BaseException, Exception, TypeError, ValueError } from "./hierarchy";
import { type ClassInfo, matches } from "./host";

/** What `split` and `subgroup` select by: an exception class, several, or a predicate. */
export type Condition = ClassInfo;

interface Group extends BaseException {
  /** The exceptions it holds, a tuple. */
  readonly exceptions: tuple<any>;
  /** The part for which `condition` holds, of the same shape, and the rest; null for an empty one. */
  split(condition: Condition): tuple<any>;
  /** The part for which `condition` holds, of the same shape; null if there is none. */
  subgroup(condition: Condition): this | null;
  /** Makes a group for a part of this one; a subclass overrides it to keep its own class. */
  derive(exceptions: Iterable<unknown>): BaseException;
}

function predicate(condition: Condition): (error: unknown) => boolean {
  const isExceptionClass = (x: unknown) => isClass(x) && (x === BaseException || x.prototype instanceof BaseException);
  if (isExceptionClass(condition) || (Array.isArray(condition) && condition.every(isExceptionClass))) {
    return (error) => matches(error, condition as ClassInfo);
  }
  if (typeof condition !== "function" || isClass(condition)) {
    throw TypeError("expected a function, exception type or tuple of exception types");
  }
  return (error) => Boolean((condition as (error: unknown) => unknown)(error));
}

/** `part` of `group` as a group of its own, with the group's history; null for an empty part. */
function derived(group: Group, part: unknown[]): BaseException | null {
  if (part.length === 0) return null;
  const result = group.derive(part);
  if (group.__cause__ !== null) result.__cause__ = group.__cause__;
  result.__context__ = group.__context__;
  result.__suppress_context__ = group.__suppress_context__;
  result.__traceback__ = group.__traceback__;
  if (group.__notes__) result.__notes__ = [...group.__notes__];
  return result;
}

function divide(error: unknown, holds: (error: unknown) => boolean): [yes: unknown, no: unknown] {
  if (holds(error)) return [error, null];
  if (!(error instanceof BaseExceptionGroup)) return [null, error];
  const parts = (error as unknown as Group).exceptions.map((inner) => divide(inner, holds));
  const side = (i: 0 | 1) =>
    derived(
      error as unknown as Group,
      parts.map((pair) => pair[i]).filter((part) => part !== null),
    );
  return [side(0), side(1)];
}

function checkArguments(args: readonly unknown[], name: string, onlyExceptions: boolean): void {
  if (args.length !== 2)
    throw TypeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`);
  const [message, exceptions] = args;
  if (typeof message !== "string") {
    throw TypeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${typeName(message)}`);
  }
  if (typeof (exceptions as Iterable<unknown> | null)?.[Symbol.iterator] !== "function") {
    throw TypeError("second argument (exceptions) must be a sequence");
  }
  const items = [...(exceptions as Iterable<unknown>)];
  if (items.length === 0) throw ValueError("second argument (exceptions) must be a non-empty sequence");
  items.forEach((item, i) => {
    if (!(item instanceof Error)) throw ValueError(`Item ${i} of second argument (exceptions) is not an exception`);
    if (onlyExceptions && !matches(item, Exception)) throw TypeError(`Cannot nest BaseExceptions in an ${name}`);
  });
}

const isPlainInstance = Function.prototype[Symbol.hasInstance];

/** `instanceof`, for which ExceptionGroup (and so its prototype, for issubclass) is a BaseExceptionGroup as well. */
function hasGroup(this: AnyClass, value: any): boolean {
  if (isPlainInstance.call(this, value)) return true;
  return (
    this === BaseExceptionGroup && (isPlainInstance.call(ExceptionGroup, value) || value === ExceptionGroup.prototype)
  );
}

/** Python's ExceptionGroup inherits from two classes; here each of the two bases gets the group's methods. */
function groupOf(Base: ExceptionClass) {
  class GroupClass extends Base {
    declare readonly exceptions: tuple<any>;

    constructor(...args: any[]) {
      super(...args);
      checkArguments(this.args, this.constructor.name, Base === Exception);
      if (this.constructor === BaseExceptionGroup && this.exceptions.every((error) => matches(error, Exception))) {
        Object.setPrototypeOf(this, ExceptionGroup.prototype);
      }
    }

    split(condition: Condition): tuple<any> {
      return tuple(divide(this, predicate(condition)));
    }

    subgroup(condition: Condition): this | null {
      return divide(this, predicate(condition))[0] as this | null;
    }

    derive(exceptions: Iterable<unknown>): BaseException {
      return BaseExceptionGroup(this.args[0], [...exceptions]);
    }

    override __str__(): string {
      const count = this.exceptions.length;
      return `${this.args[0]} (${count} sub-exception${count === 1 ? "" : "s"})`;
    }

    [FORMAT_GROUP](...texts: [string, string, (part: unknown) => string]): string {
      return formatGroup(this.exceptions, ...texts);
    }

    override __repr__(): string {
      return `${this.constructor.name}(${repr(this.args[0])}, ${repr(this.args[1])})`;
    }
  }
  Object.defineProperty(GroupClass, Symbol.hasInstance, { value: hasGroup });
  defineDefault(GroupClass.prototype, "message", (group) => group.args[0]);
  Object.defineProperty(GroupClass.prototype, "exceptions", {
    get(this: BaseException) {
      const value = tuple(this.args[1]);
      Object.defineProperty(this, "exceptions", { value });
      return value;
    },
  });
  return GroupClass;
}

/**
 * Several unrelated errors raised as one: `BaseExceptionGroup(message, exceptions)`. Of plain Exceptions it makes an
 * ExceptionGroup, as in Python.
 */
export const BaseExceptionGroup = builtinException("BaseExceptionGroup", groupOf(BaseException));
export type BaseExceptionGroup = Group;

/** Several unrelated errors raised as one; a BaseExceptionGroup and an Exception. Handled by `try_(…).except_star`. */
export const ExceptionGroup = builtinException("ExceptionGroup", groupOf(Exception));
export type ExceptionGroup = Group;
