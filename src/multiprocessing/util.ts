// Python's multiprocessing.util module, as far as programs use it: logging.
export {
  debug,
  get_logger,
  info,
  log_to_stderr,
  SUBDEBUG,
  SUBWARNING,
  sub_debug,
  sub_warning,
} from "./util/logging";
