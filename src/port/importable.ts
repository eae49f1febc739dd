// What a port imports that a Python program need not, or what it has forgotten to import.

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Python's builtins that are functions and types of `pythreads/builtins`, and no globals of JavaScript's. */
export const BUILTINS = words(`
  abs all any ascii bin bool bytearray bytes callable chr delattr dict dir divmod enumerate filter float format frozenset getattr
  hasattr hash hex id input int isinstance issubclass iter len list map max memoryview min next NotImplemented object oct open ord pow print
  range repr reversed round set setattr slice sorted str sum tuple type vars zip
  assert_ eq holding in_ kw try_ with_
  ArithmeticError AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError
  BytesWarning EncodingWarning   ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning
  EOFError EnvironmentError Exception ExceptionGroup FileExistsError FileNotFoundError FloatingPointError FutureWarning
  GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError
  KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError
  OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ResourceWarning RuntimeError
  RuntimeWarning StopAsyncIteration StopIteration SyntaxWarning SystemError SystemExit TabError TimeoutError
  UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning
  ValueError Warning ZeroDivisionError`);

/** Modules that `import { name } from "pythreads"` gives. */
export const MODULES = words(`
  _thread atexit contextlib contextvars ctypes errno io multiprocessing os queue random requests sched signal sys threading
  time traceback urllib warnings`);
