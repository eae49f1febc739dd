// Python's time module.
export {
  altzone,
  asctime,
  ctime,
  daylight,
  gmtime,
  localtime,
  mktime,
  struct_time,
  timezone,
  tzname,
} from "./time/calendar";
export * from "./time/clocks";
export * from "./time/processor";
export { strftime } from "./time/strftime";
export { strptime } from "./time/strptime";
