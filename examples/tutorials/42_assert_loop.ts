// assert, else, finally.
import {
  assert_, Exception, IndexError, input, int, KeyboardInterrupt, print, range, try_, ValueError,
} from "pythreads/builtins";
for (const rounds of range(4)) {
  let c = range(10);
  try_(() => {
    const a = input("num1:");
    const b = input("num2:");
    c = range(10);
    const num1 = int(a);
    const num2 = int(b);
    assert_(num1 > num2); // where this does not hold, the rest is left out
    const result = num1 + num2;
    print(result);
    print(c[4]);
  }).except(ValueError, (e) => { // a wrong value
    print("ValueError:", e);
  }).except(IndexError, (e) => { // a wrong index: take another one
    print(c[4]);
  }).except(KeyboardInterrupt, (e) => {
    print("ctrl + c");
  }).except(Exception, (e) => {
    print("捕获除ctrl+c/语法错误/等特殊异常以外的所有异常:");
    print(e);
  }).else(() => {
    print("没有出现异常即代码执行成功3才执行");
  }).finally(() => {
    print("不管有没有异常都执行");
  }).end();
}
