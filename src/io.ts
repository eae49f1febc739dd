// Python's io module: files in memory, and those of the host.
export { UnsupportedOperation } from "./io/base";
export { BytesIO, StringIO } from "./io/memory";
export { BufferedRandom, open, TextIOWrapper } from "./io/open";

export const DEFAULT_BUFFER_SIZE = 8192;
export const SEEK_SET = 0;
export const SEEK_CUR = 1;
export const SEEK_END = 2;
