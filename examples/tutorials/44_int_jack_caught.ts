// The same error, caught.
import { Exception, int, isinstance, print } from "pythreads/builtins";
try {
  const str_input = "jack";
  const number = int(str_input);
  print(number);
} catch (e) {
  if (!isinstance(e, Exception)) throw e;
  print("\x1b[32;1m出现错误如下\x1b[0m");
  print(e);
}
