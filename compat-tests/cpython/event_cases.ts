// The cases of lock_tests.py for events.
import { threading, time } from "pythreads";
import { list, repr } from "pythreads/builtins";
import { waiters } from "pythreads/internal/waiters";
import { bunch, equal, matches, no, ok, test, tookAbout, until } from "./kit";

const N = 5;
let event: any = null;
let first: any = list();
let second: any = list();

function waitTwice() {
  first.append(event.wait());
  second.append(event.wait());
}
function pollThenWait() {
  first.append(event.wait(0.0));
  const begin = time.monotonic();
  second.append(event.wait(0.5));
  second.append(time.monotonic() - begin);
}
function waitLong() {
  first.append(event.wait(60));
}

function eventTest(name: string, body: () => void) {
  test(
    `lock_tests.EventTests.${name}`,
    () => {
      event = threading.Event();
      first = list();
      second = list();
      body();
    },
    "test_threading.EventTests",
  );
}

function checkNotify() {
  first = list();
  second = list();
  bunch(waitTwice, N, () => {
    until(() => waiters(event) === N);
    equal(first.length, 0);
    event.set();
  });
  equal(first, Array(N).fill(true));
  equal(second, Array(N).fill(true));
}

eventTest("test_is_set", () => {
  no(event.is_set());
  event.set();
  ok(event.is_set());
  event.set();
  ok(event.is_set());
  event.clear();
  no(event.is_set());
  event.clear();
  no(event.is_set());
});
eventTest("test_notify", () => {
  checkNotify();
  event.set();
  event.clear();
  checkNotify();
});
eventTest("test_timeout", () => {
  bunch(pollThenWait, N);
  equal(first, Array(N).fill(false));
  for (const x of second) x === false || x === true ? no(x) : tookAbout(x, 0.5);
  first = list();
  second = list();
  event.set();
  bunch(pollThenWait, N);
  equal(first, Array(N).fill(true));
  for (const x of second) if (x === false || x === true) ok(x);
});
eventTest("test_set_and_clear", () => {
  bunch(waitLong, N, () => {
    until(() => waiters(event) === N);
    event.set();
    event.clear();
  });
  equal(first, Array(N).fill(true));
});
eventTest("test_repr", () => {
  matches(repr(event), /<\w+\.Event at .*: unset>/);
  event.set();
  matches(repr(event), /<\w+\.Event at .*: set>/);
});
