// Python's pickle, for data: how values travel to programs of CPython.
export { PickleError, PicklingError, UnpicklingError } from "./pickle/errors";
export { DEFAULT_PROTOCOL, HIGHEST_PROTOCOL } from "./pickle/opcodes";
export { loads } from "./pickle/reader";
export { dumps } from "./pickle/writer";
