// Python's contextlib module: what makes, combines and stands in for context managers.
export {
  AbstractAsyncContextManager,
  AbstractContextManager,
  AsyncContextDecorator,
  ContextDecorator,
} from "./contextlib/abstract";
export { AsyncExitStack, ExitStack } from "./contextlib/exit_stack";
export { asynccontextmanager, contextmanager } from "./contextlib/generator";
export {
  aclosing,
  chdir,
  closing,
  nullcontext,
  redirect_stderr,
  redirect_stdout,
  suppress,
} from "./contextlib/managers";
