// Exceptions are objects of classes under Exception; their names are built in;
// SystemExit and KeyboardInterrupt stand outside Exception.
import { os, signal, time } from "pythreads";
import * as builtins from "pythreads/builtins";
import {
  BaseException, Exception, getattr, IndentationError, isinstance, issubclass, KeyboardInterrupt, print, repr, slice,
  str, SyntaxError, SystemExit, tuple, ValueError,
} from "pythreads/builtins";
for (const name of ["ValueError", "IndexError", "IndentationError", "SyntaxError", "KeyboardInterrupt", "SystemExit",
  "AssertionError", "OSError", "RuntimeError"]) {
  const kind = getattr(builtins, name);
  print(name, issubclass(kind, Exception), issubclass(kind, BaseException),
    [...kind.__mro__.__getitem__(slice(1, -1))].map((c) => c.__name__));
}
try { // changed: was compile('if True:\nprint(1)', …); there is no Python to compile
  throw IndentationError("expected an indented block after 'if' statement on line 1", tuple(["example", 2, 1, "print(1)"]));
} catch (e) {
  if (isinstance(e, IndentationError)) print("IndentationError", e.lineno, isinstance(e, SyntaxError));
  else throw e;
}
try { // changed: was compile('1 +', …)
  throw SyntaxError("invalid syntax", tuple(["example", 1, 4, "1 +"]));
} catch (e) {
  if (isinstance(e, SyntaxError)) print("SyntaxError", e.lineno);
  else throw e;
}
try {
  os.kill(os.getpid(), signal.SIGINT); // what ctrl + c does
  time.sleep(1);
} catch (e) {
  if (isinstance(e, KeyboardInterrupt)) print("ctrl + c");
  else throw e;
}
try {
  try {
    throw SystemExit(3);
  } catch (e) {
    if (isinstance(e, Exception)) print("must never be printed");
    else throw e;
  }
} catch (e) {
  if (isinstance(e, SystemExit)) print("SystemExit", e.code);
  else throw e;
}
const e = ValueError("one", 2);
print(e.args, str(e), repr(e));
