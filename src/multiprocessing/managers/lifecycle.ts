// The life of a manager whose objects lie in the program's own memory, so that it has no process.
//
//   INITIAL → STARTED    start()
//   STARTED → SHUTDOWN   shutdown(), or the end of the with block
import { signature } from "../../arguments";
import { typeName } from "../../builtins/classes";
import { AttributeError, EOFError, TypeError } from "../../exceptions";
import { makeCommon } from "../../runtime/common";
import { refuseCopies } from "../../runtime/copies";
import { Instance } from "../../runtime/instance";
import { count } from "../../runtime/process";
import { Counter } from "../../runtime/process_words";
import { addressOf } from "../../runtime/shared";
import { Event } from "../../threading/event";
import { ProcessError } from "../errors";
import { Process } from "../start";

const bindStart = signature<[initializer: ((...args: any[]) => unknown) | null, initargs: Iterable<unknown>]>(
  "BaseManager.start(initializer=None, initargs: data=())",
);

/** CPython's refusals: of what a manager that has started holds, and of its key. */
export function refuseManager({ _state }: { _state: State }, spawning: boolean): Error | undefined {
  if (_state !== State.Initial) return TypeError("cannot pickle 'weakref.ReferenceType' object");
  return spawning ? undefined : TypeError("Pickling an AuthenticationString object is disallowed for security reasons");
}

export const enum State {
  Initial,
  Started,
  Shutdown,
}

/**
 * Calls the initializer of a manager without a server. In CPython that is for the server's process, as ignoring Ctrl-C is; so
 * it gets a process, which ends with it. Without one a number is used up all the same: the next process is Process-2.
 */
export function initialize(manager: object, initializer: unknown, initargs: Iterable<unknown>): void {
  if (initializer === null) return void count(Counter.Child);
  if (typeof initializer !== "function") throw TypeError("initializer must be a callable");
  const process = new Process({ target: initializer as never, args: initargs });
  process.name = process.name.replace("Process", typeName(manager));
  process.start();
  process.join();
  if (process.exitcode !== 0) throw EOFError();
}

export class Lifecycle extends Instance {
  declare _state: State;
  /** Set when the manager has shut down: its proxies see it. */
  declare _closed: Event;

  constructor(..._options: unknown[]) {
    super();
    this._state = State.Initial;
    this._closed = Event();
    makeCommon(addressOf(this._closed));
  }

  /**
   * Starts the manager: it can make objects from here on. An initializer is called in a process of its own.
   *
   * @throws ProcessError if it was started before
   * @throws EOFError if the initializer raises
   */
  start(initializer?: any, initargs?: any): void;
  start(...args: unknown[]): void {
    const [initializer, initargs] = bindStart(args);
    this._checkInitial();
    initialize(this, initializer, initargs);
    this._state = State.Started;
  }

  _isStarted(): boolean {
    return this._state === State.Started;
  }

  _checkInitial(): void {
    if (this._state === State.Started) throw ProcessError("Already started server");
    if (this._state === State.Shutdown) throw ProcessError("Manager has shut down");
  }

  /** Ends the manager: its objects are out of reach from here on. */
  shutdown(): void {
    if (this._state === State.Initial) {
      throw AttributeError(`'${typeName(this)}' object has no attribute 'shutdown'`, { name: "shutdown", obj: this });
    }
    this._state = State.Shutdown;
    this._closed.set();
  }

  __enter__(): this {
    if (this._state === State.Initial) this.start();
    if (this._state !== State.Started) this._checkInitial();
    return this;
  }

  __exit__(..._error: unknown[]): void {
    this.shutdown();
  }

  [Symbol.dispose](): void {
    this.shutdown();
  }
}

refuseCopies(Lifecycle, refuseManager);
