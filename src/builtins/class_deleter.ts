// How delattr deletes an attribute of a class: told by what shares classes, which is in every program. A leaf.

export let deleteFromClass: ((cls: Function, name: string) => boolean) | undefined;

/** Tells how an attribute of a class is deleted; that gives false if there is none. */
export function setClassDeleter(deleter: typeof deleteFromClass): void {
  deleteFromClass = deleter;
}
