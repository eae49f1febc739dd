import { threading, time } from "pythreads";
import { print } from "pythreads/builtins";

function inner() {
  time.sleep(0.2);
  print("inner thread ran");
}
function outer() {
  time.sleep(0.1);
  threading.Thread({ target: inner }).start();
  print("outer thread ran");
}
threading.Thread({ target: outer }).start();
print("end of main");
