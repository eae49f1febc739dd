// Rows of CPython's tests that have no case here, and cases that are known to fail: each with its reason.

const JOINABLE = "start_joinable_thread is private to CPython 3.13";

const STRUCTURE = "issubclass looks at what a class extends; there is no __subclasshook__";
const SLOTS = "there are no __slots__ in JavaScript";

const SOCKETS = "connection.wait does not take sockets yet";

const MP = "_test_multiprocessing";

/** Rows without a case. Only rows that are marked "maybe" may be here. */
export const left: Record<string, string> = {
  "_test_multiprocessing._TestPoolWorkerLifetime.test_worker_finalization_via_atexit_handler_of_multiprocessing":
    "it is about a handler of CPython's; tutorial 77 ends with a pool that nobody has joined",
  "_test_multiprocessing.TestWait.test_wait_socket": SOCKETS,
  "_test_multiprocessing.TestWait.test_wait_socket_slow": SOCKETS,
  "_test_multiprocessing.TestStartMethod.test_mixed_startmethod":
    "objects may go to any process, however it was started, since none is inherited by a number of the system's",
  [`${MP}._TestPool.test_resource_warning`]: "nothing tells that a pool is dropped until its memory is wanted",
  [`${MP}._TestPicklingConnections.test_pickling`]: "connections over sockets cannot be sent to another process yet",
  [`${MP}._TestHeap.test_heap`]: "CPython's own heap is meant; the kernel's allocator has tests of its own",
  [`${MP}._TestFinalize.test_finalize`]: "no object ends at a known moment in JavaScript, so there is no Finalize",
  [`${MP}.TestTimeouts.test_timeout`]: "sockets have no default timeout that could be set",
  [`${MP}.TestPoolNotLeakOnFailure.test_release_unused_processes`]: "it gives the pool a context of mocks",
  [`${MP} (3.13)._TestLogging.test_filename`]: "the logger has but one format, and that names no file",
  [`${MP} (3.13).MiscTestCase.test_large_pool`]: "two hundred workers are more than a page may have",
  "_test_multiprocessing._TestQueue.test_queue_feeder_on_queue_feeder_error":
    "there is no feeder thread: put itself raises what cannot be copied",
  "test_contextlib.TestAbstractContextManager.test_structural_subclassing": STRUCTURE,
  "test_contextlib_async.TestAbstractAsyncContextManager.test_structural_subclassing": STRUCTURE,
  "test_contextlib (3.13).TestAbstractContextManager.test_slots": SLOTS,
  "test_contextlib_async (3.13).TestAbstractAsyncContextManager.test_slots": SLOTS,
  "test_thread (3.13).ThreadRunningTests.test_join_from_self": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_several_times": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_then_self_join": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_thread": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_thread_already_exited": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_unstarted": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_join_with_timeout": JOINABLE,
  "test_thread (3.13).ThreadRunningTests.test_joinable_not_joined": JOINABLE,
  "test_threading (3.13).CRLockTests.test_signature":
    "it is about a deprecation warning, and names that are deprecated do not warn",
  "test_threading.ConditionAsRLockTests.test_recursion_count": "CPython skips it: a Condition has no such method",
  "test_threading.ThreadingExceptionTests.test_multithread_modify_file_noerror":
    "it formats Python frames while a source file changes; there are no such frames",
};

/** Cases that run and must fail, by id and binding; one that passes fails the suite, and its entry goes. */
export const known: Record<string, string> = {};
