// Python's builtin exceptions, as real Errors. Stands only on the leaves callable, builtins/classes and builtins/repr, and
// on builtins/tuple (an exception's args are a tuple, and a tuple raises exceptions; neither needs the other to load).
export * from "./exceptions/base";
export * from "./exceptions/group";
export * from "./exceptions/hierarchy";
export * from "./exceptions/host";
export * from "./exceptions/os_error";
export * from "./exceptions/text_errors";
