// asc transform: fails the build when the kernel would carry state of its own.
//
// Every thread instantiates the kernel over the same memory. A data segment would be written again by each of them, a
// start function would run in each, and a mutable global would be private to each: all three are silent corruption.
import { Transform } from "assemblyscript/transform";

export default class StatelessGuard extends Transform {
  afterCompile(module) {
    const faults = [];
    if (module.getNumDataSegments() > 0) faults.push(`${module.getNumDataSegments()} data segments`);
    if (module.getStart()) faults.push("a start function");
    const mutable = module
      .emitText()
      .match(/\(global \$\S+ \(mut/g)
      ?.map((text) => text.slice(9, -5))
      .filter((name) => !name.startsWith("~lib/rt/") && !name.startsWith("~lib/memory/"));
    if (mutable?.length) faults.push(`mutable globals ${mutable.join(", ")}`);
    if (faults.length) throw new Error(`the kernel must be stateless, but has ${faults.join(" and ")}`);
  }
}
