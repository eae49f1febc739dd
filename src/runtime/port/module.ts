// A module as compiled ports know it: with the factories of its closures, and classes that take attributes.

import { isClass } from "../../builtins/classes";
import { promoteInstance } from "../instance";
import { Module as Base } from "../modules";
import { setPromoter } from "../shared";
import { openClass } from "./class_attributes";
import { defineClosures } from "./closures";

// A port's classes extend object without a word.
setPromoter(promoteInstance);

type Tail<T> = T extends [unknown, ...infer R] ? R : never;

export class Module extends Base {
  override $define(name: string, value: Function, parameters?: string[]): void {
    super.$define(name, value, parameters);
    if (isClass(value)) openClass(value);
  }

  /** Makes the factories of the module's closures known in this thread. */
  $closures(...tables: Tail<Parameters<typeof defineClosures>>): void {
    defineClosures(this.$id, ...tables);
  }
}
