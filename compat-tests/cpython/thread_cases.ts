// The cases of test_thread.py: raw threads and locks.
import { _thread, sys, time } from "pythreads";
import { list, sorted, str, ValueError, with_ } from "pythreads/builtins";
import { equal, ok, raises, test, until } from "./kit";

const TASKS = 10;
const TRIPS = 3;
let done: any = null;
let guard: any = null;
let started: any = list();
let left = 0;
let waiting = 0;
let checkIn: any = null;
let checkOut: any = null;
let report: any = null;

function task(n: number) {
  time.sleep(n / 100000);
  with_(guard, () => {
    left -= 1;
    if (left === 0) done.release();
  });
}
function beCounted() {
  started.append(1);
  done.acquire();
  done.release();
}
function failTask() {
  started.release();
  throw ValueError("task failed");
}
function enter() {
  checkIn.acquire();
  waiting += 1;
  if (waiting === TASKS) {
    waiting = TASKS - 1;
    checkOut.release();
    return;
  }
  checkIn.release();
  checkOut.acquire();
  waiting -= 1;
  if (waiting === 0) {
    checkIn.release();
    return;
  }
  checkOut.release();
}
function trips(n: number) {
  for (let trip = 0; trip < TRIPS; trip++) {
    // All threads are in the same trip: nobody is more than one ahead.
    started.append(trip);
    time.sleep(n / 100000);
    enter();
  }
  with_(guard, () => {
    left -= 1;
    if (left === 0) done.release();
  });
}
function unraisable(args: any) {
  report = list([str(args.exc_value), args.err_msg, args.object.name]);
}

function rawTest(name: string, body: () => void, cls = "ThreadRunningTests") {
  test(`test_thread.${cls}.${name}`, () => {
    done = _thread.allocate_lock();
    done.acquire();
    guard = _thread.allocate_lock();
    started = list();
    body();
  });
}

function startTasks() {
  left = TASKS;
  for (let i = 0; i < TASKS; i++) _thread.start_new_thread(task, [i]);
  done.acquire();
}

rawTest("test_starting_threads", startTasks);
rawTest("test_stack_size", () => {
  equal(_thread.stack_size(), 0);
  _thread.stack_size(0);
  equal(_thread.stack_size(), 0);
});
rawTest("test_nt_and_posix_stack_size", () => {
  raises(ValueError, () => _thread.stack_size(4096), "size not valid: 4096 bytes");
  for (const size of [262144, 0x100000, 0]) {
    _thread.stack_size(size);
    equal(_thread.stack_size(), size);
  }
  for (const size of [262144, 0x100000]) {
    _thread.stack_size(size);
    startTasks();
  }
  _thread.stack_size(0);
});
rawTest("test__count", () => {
  until(() => _thread._count() === 0, "the threads of the cases before have ended");
  _thread.start_new_thread(beCounted, []);
  until(() => started.length === 1);
  equal(_thread._count(), 1);
  done.release();
  until(() => _thread._count() === 0, "the thread is not counted any more");
});
rawTest("test_unraisable_exception", () => {
  started = _thread.allocate_lock();
  started.acquire();
  report = null;
  sys.unraisablehook = unraisable;
  _thread.start_new_thread(failTask, []);
  started.acquire();
  until(() => report !== null, "the hook was called");
  sys.unraisablehook = sys.__unraisablehook__;
  equal([...report], ["task failed", "Exception ignored in thread started by", "failTask"]);
});
rawTest(
  "test_barrier",
  () => {
    checkIn = _thread.allocate_lock();
    checkOut = _thread.allocate_lock();
    checkOut.acquire();
    waiting = 0;
    left = TASKS;
    for (let i = 0; i < TASKS; i++) _thread.start_new_thread(trips, [i]);
    done.acquire();
    const order = [...started];
    equal(order, sorted(order));
    equal(order.length, TASKS * TRIPS);
    ok(waiting === 0);
  },
  "BarrierTest",
);
