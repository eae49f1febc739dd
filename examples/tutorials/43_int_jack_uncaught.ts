// An uncaught ValueError ends the program: a traceback, and exit status 1.
import { int, print } from "pythreads/builtins";

const str_input = "jack";
const number = int(str_input);
print(number);
