// The builtin classes that not every program has, for what stands below them and only compares: each enters itself.

type Name = "list" | "dict" | "set" | "frozenset" | "object" | "int" | "float";

/** As far as the program has them. */
export const containers: { [name in Name]?: unknown } = {};
