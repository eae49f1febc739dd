// The text in front of a module: the object that holds its variables, made by whoever needs it first.
import type { Draft, Slot } from "./draft";

/**
 * Puts the module's class and its `$module` function in front of the first statement. Function declarations and `var`
 * are hoisted, so in an import cycle `$module` works before the module's body has begun.
 */
export function writeModule(draft: Draft): void {
  const { port, m, s, py, module } = draft;
  const args = `${draft.id}, ${JSON.stringify(port.file)}`;
  const names = JSON.stringify(draft.slots.map(({ name }) => name));
  const body = [
    `if (${m}) return ${m};`,
    `${s} = ${py}.attach(${args}, ${names}, (first) => { ${s} = first; ${m}.$forget(); });`,
    `${m} = new (class extends ${py}.Module {${draft.slots.map((slot, at) => accessors(draft, slot, at)).join("")}${forget(draft)} })(${args});`,
    draft.factories.length > 0
      ? `${m}.$closures({ ${draft.factories.join(", ")} }, { ${draft.parameters.join(", ")} });`
      : "",
    ...draft.prologue,
    `return ${m};`,
  ];
  const text = [
    `import * as ${py} from "pythreads/internal/port";`,
    `var ${[m, s, ...constants(draft), ...draft.locals].join(", ")};`,
    `${module === "$module" ? "export " : ""}function ${module}() { ${body.join(" ")} }`,
    module === "$module" ? "" : `export { ${module} as $module };`,
    `${module}();`,
    ...draft.opening,
  ];
  insertInFront(draft, `${text.filter(Boolean).join(" ")} `);
}

/** The variables in which the thread keeps the values of constants. */
function constants({ slots }: Draft): string[] {
  return slots.flatMap(({ constant, ofClass }) => (constant && !ofClass ? constant : []));
}

/** The method by which they are forgotten when the thread goes to another process. */
function forget(draft: Draft): string {
  const all = constants(draft);
  return all.length > 0 ? ` $forget() { ${all.join(" = ")} = undefined; }` : "";
}

/**
 * A number is read straight from memory; what is not equal to itself is something else, told by the runtime. A constant is
 * kept in a plain variable, and read by a method of its own: so the accessor is short enough for V8 to inline it always.
 */
function accessors({ s, py }: Draft, { name, constant, ofClass }: Slot, at: number): string {
  if (ofClass) return "";
  const slot = at === 0 ? s : `${s} + ${at}`;
  const key = name === "constructor" ? `["constructor"]` : name;
  const quoted = JSON.stringify(name);
  const value = `${py}.read(${slot}, ${quoted})`;
  const get = constant
    ? `get ${key}() { return ${constant} === undefined ? this.${constant}() : ${constant}; } ${constant}() { return ${constant} = ${value}; }`
    : `get ${key}() { const v = ${py}.view[${slot}]; return v === v ? v : ${value}; }`;
  return ` ${get} set ${key}(v) { ${py}.write(${slot}, v, ${quoted}); }`;
}

function insertInFront({ port }: Draft, text: string): void {
  const { body } = port.program;
  const first = body.find((statement) => statement.type !== "ExpressionStatement" || !statement.directive);
  if (first) port.code.prependLeft(first.start, text);
  else port.code.append(`\n${text}`);
}
