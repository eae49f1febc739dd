// A switch of greenlets is like yield: the same order of lines with two generators.
import { next, print } from "pythreads/builtins";
function* test1() {
  print(12);
  yield;
  print(34);
  yield;
}
function* test2() {
  print(56);
  yield;
  print(78);
  yield;
}
const [gr1, gr2] = [test1(), test2()];
for (const gr of [gr1, gr2, gr1, gr2]) {
  next(gr);
}
