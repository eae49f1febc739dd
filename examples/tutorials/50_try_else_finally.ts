// The order of try, except, else, finally; return, break and a new error inside them; assert.
import {
  assert_, AssertionError, divmod, int, isinstance, list, NameError, print, range, str, try_, TypeError, ValueError,
  ZeroDivisionError,
} from "pythreads/builtins";
function order(x: number) {
  const trail = list<string>([]);
  try_(() => {
    trail.append("try");
    assert_(x !== 0, "x must not be 0");
    if (x === 1) {
      int("a");
    }
  }).except(AssertionError, (e) => {
    trail.append(`assert: ${str(e)}`);
  }).except([ValueError, TypeError], (e) => {
    trail.append("except");
  }).else(() => {
    trail.append("else");
  }).finally(() => {
    trail.append("finally");
  }).end();
  return trail;
}
for (const x of range(3)) {
  print(x, order(x));
}
function wins() {
  try {
    return "try";
  } finally {
    return "finally";
  }
}
print(wins());
for (const n of range(3)) {
  try {
    if (n === 1) {
      break;
    }
  } finally {
    print("finally", n);
  }
}
try {
  try {
    divmod(1, 0)[0]; // changed: was 1 // 0; JavaScript's 1 / 0 is Infinity
  } finally {
    print("finally before the outer except");
  }
} catch (e) {
  if (isinstance(e, ZeroDivisionError)) print(e);
  else throw e;
}
try {
  // @ts-expect-error: the type checker sees it too
  e;
} catch (e2) {
  if (isinstance(e2, NameError)) print("the name e is gone after its except block");
  else throw e2;
}
