// The cases of test_threading_local.py.
import { threading, time } from "pythreads";
import { AttributeError, delattr, list, TypeError } from "pythreads/builtins";
import { bunch, equal, raises, test } from "./kit";

let obj: any = null;
let results: any = list();
let isSet: any = null;
let mayEnd: any = null;
let next = 0;
let guard: any = null;

class SlowLocal extends threading.local {
  constructor() {
    super();
    time.sleep(0.01);
  }
}
class MyLocal extends threading.local {
  constructor(..._args: any[]) {
    super(..._args);
  }
}
class Subclass extends threading.local {}

function setAndRead() {
  guard.acquire();
  const mine = next++;
  guard.release();
  obj.x = mine;
  time.sleep(0.001);
  results.append(obj.x === mine);
}
function setAndWait() {
  obj.x = "foo";
  obj.y = "bar";
  delete obj.y;
  try {
    obj.y;
    results.append("y is still there");
  } catch {
    isSet.set();
  }
  mayEnd.wait();
}
function readUnset() {
  try {
    results.append(obj.x);
  } catch (error) {
    if (!(error instanceof AttributeError)) throw error;
  }
}

function localTest(name: string, body: () => void) {
  test(
    `test_threading_local.BaseLocalTest.${name}`,
    () => {
      results = list();
      isSet = threading.Event();
      mayEnd = threading.Event();
      guard = threading.Lock();
      body();
    },
    "test_threading_local.ThreadLocalTest",
  );
}

function checkClass(made: any) {
  obj = made;
  const one = threading.Thread({ target: setAndWait });
  one.start();
  isSet.wait(20);
  const two = threading.Thread({ target: readUnset });
  two.start();
  two.join();
  mayEnd.set();
  one.join();
  equal([...results], []);
}

function checkDict(made: any) {
  made.x = 5;
  equal(JSON.stringify(made.__dict__), '{"x":5}');
  raises(AttributeError, () => {
    made.__dict__ = {};
  });
  raises(AttributeError, () => delattr(made, "__dict__"));
}

localTest("test_derived", () => {
  obj = new SlowLocal();
  next = 0;
  bunch(setAndRead, 10);
  equal(results, Array(10).fill(true));
});
localTest("test_arguments", () => {
  new MyLocal({ a: 1 });
  new MyLocal(1);
  raises(TypeError, () => threading.local({ a: 1 }), "Initialization arguments are not supported");
  raises(TypeError, () => threading.local(1), "Initialization arguments are not supported");
});
localTest("test_threading_local", () => checkClass(threading.local()));
localTest("test_threading_local_subclass", () => checkClass(new Subclass()));
localTest("test_dict_attribute", () => checkDict(threading.local()));
localTest("test_dict_attribute_subclass", () => checkDict(new Subclass()));
