// An uncaught SystemExit ends the program: exit status 3, nothing on stderr.
import { print, SystemExit } from "pythreads/builtins";
try {
  print("before");
  throw SystemExit(3);
} finally {
  print("finally runs");
}
print("must never be printed");
