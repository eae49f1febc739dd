import { sys, threading } from "pythreads";
import { print, try_, ValueError } from "pythreads/builtins";

print(threading.get_ident());
try_(() => {
  throw ValueError("bug");
})
  .except(ValueError, () => {
    threading.excepthook(threading.ExceptHookArgs([...sys.exc_info(), null]));
  })
  .end();
