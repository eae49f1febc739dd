// Class attributes: a `static` field is one for all threads of the process. The field's initializer stays in its place, and
// is evaluated by the owner of the module's body alone.
import type { Class, MethodDefinition, Node, PropertyDefinition } from "oxc-parser";
import type { Draft } from "./draft";
import { isAnonymous, parameterNames } from "./syntax";

export function writeClassAttributes(draft: Draft, node: Class): void {
  const isLocal = draft.closures.has(node);
  refuseWrites(draft, node);
  recordParameters(draft, node);
  if (isLocal && hasHooks(draft, node)) {
    draft.port.code.prependRight(
      node.body.end - 1,
      ` static { if (!${draft.py}.reviving) ${draft.py}.classMade(this); } `,
    );
  }
  if (isLocal && draft.closures.get(node)!.obstacle) return;
  const names = new Set<string>();
  for (const member of node.body.body) {
    if ("key" in member && member.key.type === "Identifier" && "static" in member && member.static) {
      names.add(member.key.name);
    }
    if (isClassAttribute(member)) writeClassAttribute(draft, node, member, isLocal);
  }
  // A module's class without a base finds out for itself, whoever assigns.
  if (!isLocal && !node.superClass) return;
  for (const name of draft.assignedTo(node)) if (!names.has(name)) declareAttribute(draft, node, name, isLocal);
}

/** Whether a class can have attributes with `__set_name__`, or extends one of a port, which can have `__init_subclass__`. */
export function hasHooks({ port, texts }: Draft, { superClass, body }: Class): boolean {
  const root = superClass?.type === "Identifier" ? port.variableOf(superClass) : undefined;
  if (root && (root.declaration.type !== "ImportSpecifier" || texts.has(root))) return true;
  return body.body.some(
    (member) => isClassAttribute(member) && /^(?:New|Call)Expression$/.test(member.value?.type ?? ""),
  );
}

/** Methods and classes can be targets, with keywords: `Thread({ target: this.work, kwargs: { n: 1 } })`. */
function recordParameters({ port, py }: Draft, { body, declare }: Class): void {
  const names: string[] = [];
  for (const member of body.body) {
    if (member.type !== "MethodDefinition" || member.computed || !member.value.body) continue;
    if (member.kind !== "method" && member.kind !== "constructor") continue;
    const parameters = parameterNames(member.value);
    // A constructor without any hides that of the class which is extended.
    const least = member.kind === "constructor" ? 0 : 1;
    if (member.key.type !== "Identifier" || !parameters || parameters.length < least) continue;
    names.push(
      `${JSON.stringify(`${member.static ? "static " : ""}${member.key.name}`)}: ${JSON.stringify(parameters)}`,
    );
  }
  if (names.length === 0 || declare) return;
  port.code.appendLeft(body.start + 1, ` static { ${py}.parameters(this, { ${names.join(", ")} }); }`);
}

/** A property without a setter says so, in Python's words. */
function refuseWrites({ port, py }: Draft, { body }: Class): void {
  const methods = body.body.filter((member): member is MethodDefinition => member.type === "MethodDefinition");
  const nameOf = ({ key, computed }: MethodDefinition) =>
    key.type === "Identifier" && !computed ? key.name : undefined;
  for (const member of methods) {
    const name = nameOf(member);
    if (member.kind !== "get" || member.static || name === undefined || !member.value.body) continue;
    if (methods.some((other) => other.kind === "set" && !other.static && nameOf(other) === name)) continue;
    port.code.appendLeft(member.end, ` set ${name}(_) { ${py}.readOnly(this, "${name}"); }`);
  }
}

/** `C.x = e` somewhere in the module, where the class has no `static x`. */
function declareAttribute(draft: Draft, node: Class, name: string, isLocal: boolean): void {
  draft.port.code.appendLeft(node.body.start + 1, ` static { ${definition(draft, node, name, isLocal)} }`);
}

function definition(draft: Draft, node: Class, name: string, isLocal: boolean): string {
  const { py, s } = draft;
  const slot = isLocal ? "null" : `() => ${s} + ${draft.addClassSlot(`${node.id?.name ?? "class"}.${name}`)}`;
  return `${py}.classAttribute(this, ${slot}, "${name}");`;
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
  const { port, py, m } = draft;
  const { name } = member.key as { name: string };
  const define = `static { ${definition(draft, node, name, isLocal)}`;
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
