// try, several excepts, finally.
import {
  Exception, IndentationError, IndexError, input, int, isinstance, KeyboardInterrupt, print, range, ValueError,
} from "pythreads/builtins";
for (const rounds of range(3)) {
  try {
    // what runs when nothing goes wrong
    const a = input("num1:");
    const b = input("num2:");
    var c = range(10);
    const num1 = int(a);
    const num2 = int(b);
    const result = num1 + num2;
    print(c[11]);
  } catch (e) {
    if (isinstance(e, ValueError)) { // the kind of error, and the error itself as e
      print("ValueError:", e);
    } else if (isinstance(e, IndentationError)) {
      print("index error:", 2);
    } else if (isinstance(e, IndexError)) {
      print(c[4]);
    } else if (isinstance(e, KeyboardInterrupt)) {
      print("ctrl + c");
    } else if (isinstance(e, Exception)) {
      print("捕获到为止异常:");
      print(e);
    } else throw e;
  } finally {
    print("xxxx");
  }
}
