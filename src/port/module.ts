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
    draft.factories.length > 0 ? `${m}.$closures({ ${draft.factories.join(", ")} });` : "",
    ...draft.prologue,
    `return ${m};`,
  ];
  const text = [
    `import * as ${py} from "pythreads/internal/port";`,
    `var ${[m, s, ...draft.locals].join(", ")};`,
    `${module === "$module" ? "export " : ""}function ${module}() { ${body.join(" ")} }`,
    module === "$module" ? "" : `export { ${module} as $module };`,
    `${module}();`,
    ...draft.opening,
  ];
  insertInFront(draft, `${text.filter(Boolean).join(" ")} `);
}

/** The method by which the values of constants are forgotten when the thread goes to another process. */
function forget({ slots }: Draft): string {
  const constants = slots.flatMap(({ constant, ofClass }, at) => (constant && !ofClass ? `this.#v${at} = ` : []));
  return constants.length > 0 ? ` $forget() { ${constants.join("")}undefined; }` : "";
}

/** A number is read straight from memory; what is not equal to itself is something else, told by the runtime. */
function accessors({ s, py }: Draft, { name, constant, ofClass }: Slot, at: number): string {
  if (ofClass) return "";
  const slot = at === 0 ? s : `${s} + ${at}`;
  const key = name === "constructor" ? `["constructor"]` : name;
  const quoted = JSON.stringify(name);
  const read = constant
    ? `const v = this.#v${at}; return v !== undefined ? v : (this.#v${at} = ${py}.read(${slot}, ${quoted}));`
    : `const v = ${py}.view[${slot}]; return v === v ? v : ${py}.read(${slot}, ${quoted});`;
  const field = constant ? ` #v${at};` : "";
  return `${field} get ${key}() { ${read} } set ${key}(v) { ${py}.write(${slot}, v, ${quoted}); }`;
}

function insertInFront({ port }: Draft, text: string): void {
  const { body } = port.program;
  const first = body.find((statement) => statement.type !== "ExpressionStatement" || !statement.directive);
  if (first) port.code.prependLeft(first.start, text);
  else port.code.append(`\n${text}`);
}
