// Python's multiprocessing.dummy module: multiprocessing's names, on threads.
import { signature } from "../arguments";
import { ownAttributes } from "../builtins/object";
import { repr } from "../builtins/repr";
import { callable } from "../callable";
import { RuntimeError } from "../exceptions";
import { Queue } from "../queue";
import { defineAll } from "../registry";
import { Instance } from "../runtime/instance";
import { Barrier } from "../threading/barrier";
import { Condition } from "../threading/condition";
import { Event } from "../threading/event";
import { Lock } from "../threading/lock";
import { RLock } from "../threading/rlock";
import { BoundedSemaphore, Semaphore } from "../threading/semaphore";
import { current_thread, enumerate, Thread, type ThreadOptions } from "../threading/thread";
import * as dummy from "./dummy";
import { Pipe } from "./dummy/connection";
import { array } from "./managers/array";
import { ThreadPool } from "./pool/threads";

const bindPool = signature<[processes: number | null, initializer: any, initargs: any]>(
  "Pool(processes=None, initializer=None, initargs: data=())",
);
const bindValue = signature<[typecode: string, value: unknown, lock: unknown]>(
  "Value.__init__(typecode, value: data, lock=True)",
);

const bindArray = signature<[typecode: string, sequence: any, lock: unknown]>(
  "Array(typecode, sequence: data, lock=True)",
);

class DummyProcessType extends Thread {
  static readonly __module__: string = "multiprocessing.dummy";

  declare _parent: Thread;
  declare _pid: null;
  declare _start_called: boolean;

  constructor(
    group?: null | ThreadOptions,
    target?: ThreadOptions["target"],
    name?: string | null,
    args?: Iterable<unknown>,
    kwargs?: object,
  );
  constructor(...given: [any]) {
    super(...given);
    this._parent = current_thread();
    this._pid = null;
    this._start_called = false;
  }

  override start(): void {
    if (this._parent !== current_thread()) {
      throw RuntimeError(`Parent is ${repr(this._parent)} but current_process is ${repr(current_thread())}`);
    }
    this._start_called = true;
    super.start();
  }

  /** 0 when the thread has ended, else None. */
  get exitcode(): number | null {
    return this._start_called && !this.is_alive() ? 0 : null;
  }
}

/** A Thread with the attributes of multiprocessing's Process. */
export const DummyProcess = callable(DummyProcessType, "DummyProcess");
export type DummyProcess = DummyProcessType;
export const Process = DummyProcess;
export type Process = DummyProcessType;

/** The Thread object of the calling thread. */
export function current_process(): Thread {
  return current_thread();
}

/** The processes that the calling thread has started and that have not ended. */
export function active_children(): DummyProcess[] {
  const parent = current_thread();
  const all = enumerate().filter((thread): thread is DummyProcess => thread instanceof DummyProcessType);
  return all.filter((process) => process._parent === parent && process.is_alive());
}

export function freeze_support(): void {}

class NamespaceType extends Instance {
  static readonly __module__: string = "multiprocessing.dummy";
  [name: string]: any;

  constructor(attributes: object = {}) {
    super();
    Object.assign(this, attributes);
  }

  __repr__(): string {
    const shown = ownAttributes(this).filter(([name]) => !name.startsWith("_"));
    const texts = shown.map(([name, value]) => `${name}=${repr(value)}`).sort();
    return `${this.constructor.name}(${texts.join(", ")})`;
  }
}

/** An object for attributes: `Namespace({ x: 1 })`. */
export const Namespace = callable(NamespaceType, "Namespace");
export type Namespace = NamespaceType;

class ValueType<T = any> extends Instance {
  static readonly __module__: string = "multiprocessing.dummy";

  declare _typecode: string;
  declare _value: T;

  constructor(typecode: string, value: T, lock?: boolean);
  constructor(...args: unknown[]) {
    const [typecode, value] = bindValue(args);
    super();
    this._typecode = typecode;
    this._value = value as T;
  }

  get value(): T {
    return this._value;
  }

  set value(value: T) {
    this._value = value;
  }

  __repr__(): string {
    return `<${this.constructor.name}(${repr(this._typecode)}, ${repr(this._value)})>`;
  }
}

/** An object with the one attribute `value`, which threads share. */
export const Value = callable(ValueType, "Value");
export type Value<T = any> = ValueType<T>;

/** A pool of threads. */
export function Pool(processes?: any, initializer?: any, initargs?: any): ThreadPool;
export function Pool(...args: unknown[]): ThreadPool {
  return ThreadPool(...bindPool(args));
}

/** This module: its names are those of a manager. */
export function Manager(): typeof dummy {
  return dummy;
}

export function shutdown(): void {}

/** The values in an array of C's type. */
export function Array(typecode: string, sequence: Iterable<unknown>, lock?: boolean): array;
export function Array(...args: unknown[]): array {
  const [typecode, sequence] = bindArray(args);
  return array(typecode, sequence);
}

export { dict } from "../builtins/dict";
export { list } from "../builtins/list";
export { Queue as JoinableQueue } from "../queue";
export * as connection from "./dummy/connection";
export { Barrier, BoundedSemaphore, Condition, Event, Lock, Pipe, Queue, RLock, Semaphore };

defineAll("multiprocessing.dummy", {
  Array,
  DummyProcess,
  Manager,
  Namespace,
  Pool,
  Value,
  active_children,
  current_process,
  freeze_support,
  shutdown,
});
