// A module as compiled ports know it: with the factories of its closures.
import { Module as Base } from "../modules";
import { defineClosures } from "./closures";

export class Module extends Base {
  /** Makes the factories of the module's closures known in this thread. */
  $closures(table: Parameters<typeof defineClosures>[1]): void {
    defineClosures(this.$id, table);
  }
}
