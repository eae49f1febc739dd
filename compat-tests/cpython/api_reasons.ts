// Where our modules are not as CPython's table of names has them, and why.

const GENERIC = "it is for Python's type hints; TypeScript has its own: Queue<number>";

const JAVASCRIPTS = "JavaScript's own way is used: Symbol.iterator, and attributes as they are";
const UNORDERED = "CPython has it for all objects, and it orders none";

/** Names that are not there. */
export const missing: Record<string, string> = {
  "contextvars.Context.__getattribute__": JAVASCRIPTS,
  "contextvars.ContextVar.__getattribute__": JAVASCRIPTS,
  "contextvars.Token.__getattribute__": JAVASCRIPTS,
  "contextvars.Context.__iter__": JAVASCRIPTS,
  "contextvars.Context.__lt__": UNORDERED,
  "contextvars.ContextVar.__class_getitem__": GENERIC,
  "contextvars.Token.__class_getitem__": GENERIC,
  "_thread._set_sentinel": "it is CPython's private way to know of a thread's end; join() needs none",
  "queue.Queue.__class_getitem__": GENERIC,
  "queue.LifoQueue.__class_getitem__": GENERIC,
  "queue.PriorityQueue.__class_getitem__": GENERIC,
  "queue.SimpleQueue.__class_getitem__": GENERIC,
  "contextlib.AbstractAsyncContextManager.__class_getitem__": GENERIC,
  "contextlib.AbstractContextManager.__class_getitem__": GENERIC,
  "contextlib.AsyncExitStack.__class_getitem__": GENERIC,
  "contextlib.ExitStack.__class_getitem__": GENERIC,
  "contextlib.aclosing.__class_getitem__": GENERIC,
  "contextlib.chdir.__class_getitem__": GENERIC,
  "contextlib.closing.__class_getitem__": GENERIC,
  "contextlib.nullcontext.__class_getitem__": GENERIC,
  "contextlib.redirect_stderr.__class_getitem__": GENERIC,
  "contextlib.redirect_stdout.__class_getitem__": GENERIC,
  "contextlib.suppress.__class_getitem__": GENERIC,
};

const PASSED_ON = "it hands its arguments on to acquire, which binds them";
const BARE = "`with` calls it without arguments";
const IGNORED = "the error that `with` tells it of is of no use to a lock";
const RAW = "special methods are called by Python itself, by position";
const DOC = "the table shows a line of documentation; CPython takes one ExceptHookArgs";
const TIMEOUT = "the table shows CPython's documentation, which forgets timeout";
const TUPLE = "a struct sequence: CPython demands the iterable that the table shows as optional";
const OPTIONAL = "the brackets are documentation; the checks are written out, with CPython's texts";

const COUNTED = "it is written in C there: its arguments are counted by hand, with CPython's texts";
const SENTINEL = "None stands for CPython's nameless default";

/** Signatures that differ from the table's text. */
export const otherSignature: Record<string, string> = {
  "threading.Condition.__exit__": IGNORED,
  "threading.Semaphore.__exit__": IGNORED,
  "threading.BoundedSemaphore.__exit__": IGNORED,
  "threading.Semaphore.__enter__": PASSED_ON,
  "threading.BoundedSemaphore.__enter__": PASSED_ON,
  "threading.Lock().__enter__": BARE,
  "threading.Lock().acquire_lock": PASSED_ON,
  "threading.RLock().__enter__": BARE,
  "_thread.LockType.__enter__": BARE,
  "_thread.LockType.acquire_lock": PASSED_ON,
  "_thread.RLock.__enter__": BARE,
  "threading.RLock().acquire": TIMEOUT,
  "_thread.RLock.acquire": TIMEOUT,
  "threading.RLock": "CPython ignores all arguments, and so do we",
  "threading.local.__getattribute__": RAW,
  "threading.local.__setattr__": RAW,
  "threading.local.__delattr__": RAW,
  "_thread._local.__getattribute__": RAW,
  "_thread._local.__setattr__": RAW,
  "_thread._local.__delattr__": RAW,
  "threading.excepthook": DOC,
  "_thread._excepthook": DOC,
  "threading.ExceptHookArgs": TUPLE,
  "_thread._ExceptHookArgs": TUPLE,
  "threading.stack_size": OPTIONAL,
  "_thread.stack_size": OPTIONAL,
  "_thread.start_new": OPTIONAL,
  "_thread.start_new_thread": OPTIONAL,

  "contextvars.Context.__contains__": RAW,
  "contextvars.Context.__eq__": RAW,
  "contextvars.Context.__getitem__": RAW,
  "contextvars.Context.get": COUNTED,
  "contextvars.ContextVar.get": COUNTED,
  "contextvars.ContextVar.set": COUNTED,
  "contextvars.ContextVar.reset": COUNTED,
  "sched.scheduler.enter": SENTINEL,
  "sched.scheduler.enterabs": SENTINEL,
  "contextlib.closing.__exit__": RAW,
  "contextlib.aclosing.__aexit__": RAW,
  "contextlib.nullcontext.__aexit__": RAW,
  "contextlib.nullcontext.__exit__": RAW,
  "contextlib.AbstractContextManager.__exit__": RAW,
  "contextlib.AbstractAsyncContextManager.__aexit__": RAW,
  "contextlib.AsyncExitStack.__aexit__": RAW,
  "contextlib.ExitStack.__exit__": RAW,
  "contextlib.ContextDecorator.__call__": RAW,
  "contextlib.redirect_stdout.__exit__": RAW,
  "contextlib.redirect_stderr.__exit__": RAW,
  "contextlib.suppress.__exit__": RAW,
  "contextlib.chdir.__exit__": RAW,
  "contextlib.suppress": "it takes whatever it is given, by position",

  "_thread.interrupt_main": "signal.SIGINT is 2",
};
