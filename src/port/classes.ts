// Class attributes: a `static` field is one for all threads of the process. The field's initializer stays in its place, and
// is evaluated by the owner of the module's body alone.
import type { Class, Node, PropertyDefinition } from "oxc-parser";
import type { Draft } from "./draft";
import { isAnonymous } from "./syntax";

export function writeClassAttributes(draft: Draft, node: Class): void {
  const isLocal = draft.closures.has(node);
  if (isLocal && draft.closures.get(node)!.obstacle) return;
  for (const member of node.body.body) if (isClassAttribute(member)) writeClassAttribute(draft, node, member, isLocal);
}

function isClassAttribute(member: Node): member is PropertyDefinition {
  return (
    member.type === "PropertyDefinition" &&
    member.static &&
    !member.declare &&
    !member.computed &&
    member.key.type === "Identifier" &&
    member.decorators.length === 0
  );
}

/** `static x = e;` → `static { $py.classAttribute(this, () => $s + 3, "x"); if ($m.$own) this.x = e; }` */
function writeClassAttribute(draft: Draft, node: Class, member: PropertyDefinition, isLocal: boolean): void {
  const { port, py, m, s } = draft;
  const { name } = member.key as { name: string };
  const slot = isLocal ? "null" : `() => ${s} + ${draft.addClassSlot(`${node.id?.name ?? "class"}.${name}`)}`;
  const define = `static { ${py}.classAttribute(this, ${slot}, "${name}");`;
  const { value } = member;
  if (!value) {
    port.replaceLines(member, `${define} }`);
    return;
  }
  const isFirst = isLocal ? `!${py}.reviving` : `${m}.$own`;
  const [open, close] = isAnonymous(value) ? [`({ ${name}: `, ` }).${name}`] : ["(", ")"];
  port.replaceLines({ start: member.start, end: value.start }, `${define} if (${isFirst}) this.${name} = ${open}`);
  if (value.end < member.end) port.replaceLines({ start: value.end, end: member.end }, `${close}; }`);
  else port.code.appendLeft(member.end, `${close}; }`);
}
