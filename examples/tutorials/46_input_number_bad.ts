// input() and int(), where not a number is typed.
import { Exception, input, int, isinstance, print } from "pythreads/builtins";
try {
  // what runs when nothing goes wrong
  const user_input = input("\x1b[32;1m请输入数字:\x1b[0m");
  const number = int(user_input);
  print(number);
} catch (e) {
  if (!isinstance(e, Exception)) throw e;
  // e is an object of the class Exception, and knows what went wrong above;
  // this part runs when something did
  print(e);
  // any other text could be printed in its place,
  // or e be written to a log
}
