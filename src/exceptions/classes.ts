// The builtin exceptions and nothing else: what `pythreads/builtins` passes on.
export * from "./group";
export * from "./hierarchy";
export * from "./os_error";
export * from "./text_errors";
