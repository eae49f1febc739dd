// The containers with identity, for what stands below them and only compares: each enters itself.

/** Python's list, dict, set and object, as far as the program has them. */
export const containers: { list?: unknown; dict?: unknown; set?: unknown; frozenset?: unknown; object?: unknown } = {};
