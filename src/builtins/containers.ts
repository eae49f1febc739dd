// The containers with identity. They live with the runtime, which enters them here; what stands below it asks here.

/** Python's list, dict, set and object, once the runtime has entered them. */
export const containers: { list?: (items: any[]) => any; dict?: any; set?: any; frozenset?: any; object?: any } = {};

/** A list of these items, a fresh array: what Python's functions give back as list. A plain array where no runtime is loaded. */
export function newList<T>(items: T[]): T[] {
  return containers.list ? containers.list(items) : items;
}
