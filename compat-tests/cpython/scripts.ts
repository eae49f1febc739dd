// The cases that are whole programs: what each prints, and how it ends. The programs are in scripts/.

export interface Script {
  /** CPython's id: module.Class.test. */
  id: string;
  /** The program, in scripts/. */
  file: string;
  stdout: string | RegExp;
  /** What stderr must show; "" for nothing. Default: nothing is asked of it. */
  stderr?: "" | RegExp[];
  not?: RegExp;
  code?: number;
}

const SHUTDOWN = "test_threading.ThreadJoinOnShutdown";
const ERRORS = "test_threading.ThreadingExceptionTests";
const HOOK = "test_threading.ExceptHookTests";
const ATEXIT = "test_threading.AtexitTests";

const REPORT = [
  /Exception in thread Thread-1 \(run\):\n/,
  /Traceback \(most recent call last\):\n/,
  /ZeroDivisionError/,
];
const RUN_FAILED = [
  /^Exception in thread excepthook thread:\nTraceback \(most recent call last\):\n/,
  /throw ValueError\("run failed"\)/,
  /ValueError: run failed\n$/,
];

export const scripts: Script[] = [
  {
    id: "test_threading.ThreadTests.test_join_nondaemon_on_shutdown",
    file: "join_nondaemon_on_shutdown",
    stdout: "Woke up, sleep function is: function\n",
    stderr: "",
  },
  {
    id: `${SHUTDOWN}.test_1_join_on_shutdown`,
    file: "join_on_shutdown",
    stdout: "end of main\nend of thread\n",
    stderr: "",
  },
  { id: `${SHUTDOWN}.test_4_daemon_threads`, file: "daemon_threads", stdout: "", stderr: "" },
  {
    id: "test_threading (3.13).ThreadJoinOnShutdown.test_thread_from_thread",
    file: "thread_from_thread",
    stdout: "end of main\nouter thread ran\ninner thread ran\n",
    stderr: "",
  },
  { id: `${ERRORS}.test_recursion_limit`, file: "recursion_limit", stdout: "end of main thread\n", stderr: "" },
  { id: `${ERRORS}.test_print_exception`, file: "print_exception", stdout: "", stderr: REPORT },
  {
    id: `${ERRORS}.test_print_exception_stderr_is_none_1`,
    file: "print_exception_stderr_is_none_1",
    stdout: "",
    not: /Unhandled/,
  },
  {
    id: `${ERRORS}.test_print_exception_stderr_is_none_2`,
    file: "print_exception_stderr_is_none_2",
    stdout: "",
    stderr: "",
  },
  { id: `${HOOK}.test_excepthook`, file: "excepthook", stdout: "", stderr: RUN_FAILED },
  {
    id: `${HOOK}.test_excepthook_thread_None`,
    file: "excepthook_thread_none",
    stdout: /^\d+\n$/,
    stderr: [/^Exception in thread \d+:\nTraceback/, /throw ValueError\("bug"\)/, /ValueError: bug\n$/],
  },
  { id: `${HOOK}.test_system_exit`, file: "system_exit", stdout: "", stderr: "" },
  {
    id: `${HOOK}.test_custom_excepthook_fail`,
    file: "custom_excepthook_fail",
    stdout: "threading_hook failed\n",
    stderr: [/^Exception in threading\.excepthook:\n$/],
  },
  {
    id: `${HOOK}.test_original_excepthook`,
    file: "original_excepthook",
    stdout: "",
    stderr: [/^(Exception in thread excepthook thread:\n[\s\S]*)Running a thread failed\n\1$/],
  },
  {
    id: "_test_multiprocessing.TestNoForkBomb.test_noforkbomb",
    file: "fork_bomb",
    stdout: "",
    stderr: [
      /^Traceback[\s\S]*\nRuntimeError: \n {8}An attempt has been made to start a new process before the\n {8}current process/,
    ],
    code: 1,
  },
  {
    id: "_test_multiprocessing.TestNamedResource.test_global_named_resource_spawn",
    file: "global_resource",
    stdout: "",
    stderr: "",
  },
  { id: `${ATEXIT}.test_atexit_output`, file: "atexit_output", stdout: "parrot\n", stderr: "" },
  { id: `${ATEXIT}.test_atexit_called_once`, file: "atexit_called_once", stdout: "0\n1\n1\n", stderr: "" },
  {
    id: `${ATEXIT}.test_atexit_after_shutdown`,
    file: "atexit_after_shutdown",
    stdout: "",
    stderr: [/RuntimeError: can't register atexit after shutdown/],
    code: 1,
  },
];
