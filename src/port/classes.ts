// Classes: one that extends nothing extends object, as in Python; class attributes of a module's classes are slots, which
// all threads of the process share. (Fields become assignments by esbuild's `useDefineForClassFields: false`.)
import type { Class, Node, PropertyDefinition } from "oxc-parser";
import type { Draft } from "./draft";
import { isAnonymous } from "./syntax";

export function writeClass(draft: Draft, node: Class): void {
  const { port, py } = draft;
  if (!node.superClass) {
    const { code, source } = port;
    const keyword = node.decorators.at(-1)?.end ?? node.start;
    const afterKeyword = keyword + /^.*?\bclass\b/s.exec(source.slice(keyword))![0].length;
    code.appendLeft(node.typeParameters?.end ?? node.id?.end ?? afterKeyword, ` extends ${py}.object`);
    const constructor = constructorOf(node);
    if (constructor?.body) code.appendLeft(constructor.body.start + 1, " super();");
  }
  const name = node.id?.name;
  if (!name || draft.closures.has(node)) return;
  for (const member of node.body.body) if (isClassAttribute(member)) writeAttribute(draft, name, member);
}

function constructorOf({ body }: Class) {
  for (const member of body.body) {
    if (member.type === "MethodDefinition" && member.kind === "constructor" && member.value.body) return member.value;
  }
  return undefined;
}

function isClassAttribute(member: Node): member is PropertyDefinition {
  return (
    member.type === "PropertyDefinition" &&
    member.static &&
    !member.declare &&
    !member.computed &&
    member.key.type === "Identifier" &&
    member.value !== null &&
    member.decorators.length === 0
  );
}

/** `static x = e;` → accessors to a slot, which the owner of the module's body sets. */
function writeAttribute(draft: Draft, owner: string, member: PropertyDefinition): void {
  const { port, py, m } = draft;
  const key = (member.key as { name: string }).name;
  const value = member.value!;
  draft.addSlot(`${owner}.${key}`, false);
  const slot = `${m}["${owner}.${key}"]`;
  const [open, close] = isAnonymous(value) ? [`{ ${key}: `, ` }.${key}`] : ["", ""];
  const accessors =
    `static get ${key}() { return ${slot}; } ` +
    `static set ${key}($) { if (this === ${owner}) ${slot} = $; else ${py}.setOwn(this, "${key}", $); } `;
  port.replaceLines(
    { start: member.start, end: value.start },
    `${accessors}static { if (${draft.own}) this.${key} = ${open}(`,
  );
  if (value.end < member.end) port.replaceLines({ start: value.end, end: member.end }, `)${close}; }`);
  else port.code.appendLeft(member.end, `)${close}; }`);
}
