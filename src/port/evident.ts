// What the text shows of an expression's value: that it is a number, or that it is a string. A type that is written down is
// believed, since JavaScript's meaning is what its author has seen.
import type { Expression, Node, TSType } from "oxc-parser";
import { isClass } from "./functions";
import { calledBuiltin } from "./imports";
import { typedArrayOf } from "./place";
import type { Port } from "./port";
import type { Reference, Variable } from "./scope";
import { unwrap } from "./syntax";

type Kind = "number" | "string";

const KEYWORDS: { [kind in Kind]: Node["type"] } = { number: "TSNumberKeyword", string: "TSStringKeyword" };
/** Builtins by what they give. An int may be a bigint. */
const BUILTINS: { [kind in Kind]: ReadonlySet<string> } = {
  number: new Set(["len", "ord"]),
  string: new Set(["str", "repr", "chr", "ascii", "format", "hex", "bin", "oct", "input"]),
};
const GLOBALS: { [kind in Kind]: RegExp } = {
  number: /^(?:Math\.\w+|Number|parseInt|parseFloat|Date\.now|performance\.now)$/,
  string: /^String$/,
};
const ARITHMETIC = new Set(["+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>"]);

export class Evidence {
  private readonly known: { [kind in Kind]: Set<Variable> };

  constructor(private readonly port: Port) {
    this.known = { number: new Set(), string: new Set() };
    for (const kind of ["number", "string"] as const) this.find(kind);
  }

  isNumber(node: Node): boolean {
    return this.is("number", node);
  }

  isString(node: Node): boolean {
    return this.is("string", node);
  }

  /** Assumes it of all variables that may be, and drops those that are given something else, until none is. */
  private find(kind: Kind): void {
    const given = new Map<Variable, Node[]>();
    const known = this.known[kind];
    for (const scope of this.port.scopes.module.tree()) {
      for (const variable of scope.variables.values()) {
        const values = this.valuesOf(kind, variable);
        if (!values) continue;
        given.set(variable, values);
        known.add(variable);
      }
    }
    for (let before = -1; before !== known.size; ) {
      before = known.size;
      for (const variable of known) {
        if (!given.get(variable)!.every((value) => this.is(kind, value))) known.delete(variable);
      }
    }
  }

  /** All that a variable is ever given; undefined where the text does not show it. */
  private valuesOf(kind: Kind, variable: Variable): Node[] | undefined {
    if (variable.kind === "member") return kind === "number" ? [] : undefined;
    if (!["let", "const", "var", "param"].includes(variable.kind)) return undefined;
    if (variable.bindings.every((binding) => isAnnotated(binding, KEYWORDS[kind]))) return [];
    if (variable.kind === "param") return undefined;
    const values: Node[] = [];
    for (const binding of variable.bindings) {
      const declarator = this.port.parent(binding);
      if (declarator.type !== "VariableDeclarator" || declarator.id !== binding) return undefined;
      if (declarator.init) values.push(declarator.init);
      else if (!this.goesOver(kind, declarator)) return undefined;
    }
    for (const reference of variable.references) {
      if (reference.access === "read") continue;
      const value = this.assigned(reference);
      if (value === undefined) return undefined;
      if (value) values.push(value);
    }
    return values;
  }

  /** `for (const i of range(n))`, and over what is written down to be an array of the kind */
  private goesOver(kind: Kind, declarator: Node): boolean {
    const loop = this.port.parent(this.port.parent(declarator));
    if (loop?.type !== "ForOfStatement") return false;
    const right = unwrap(loop.right);
    if (kind === "number" && calledBuiltin(this.port, right) === "range") return true;
    return elementOf(this.typeOf(right))?.type === KEYWORDS[kind];
  }

  /** The type that is written down of a variable, of an item of an array, or of a field of `this`. */
  private typeOf(wrapped: Node): TSType | undefined {
    const node = unwrap(wrapped as Expression);
    if (node.type === "Identifier") {
      const bindings = this.port.variableOf(node)?.bindings;
      const binding = bindings?.length === 1 ? bindings[0]! : undefined;
      return binding?.optional ? undefined : binding?.typeAnnotation?.typeAnnotation;
    }
    if (node.type !== "MemberExpression") return undefined;
    if (node.computed) return this.is("number", node.property) ? elementOf(this.typeOf(node.object)) : undefined;
    const isOwn = node.object.type === "ThisExpression" && node.property.type === "Identifier";
    return isOwn ? this.fieldType(node, node.property.name) : undefined;
  }

  /** What an assignment gives; null where that is of the kind if the variable is. */
  private assigned({ identifier }: Reference): Node | null | undefined {
    const parent = this.port.parent(identifier);
    if (parent.type === "UpdateExpression") return null;
    if (parent.type !== "AssignmentExpression" || parent.left !== identifier) return undefined;
    const { operator, right } = parent;
    return operator === "=" || ARITHMETIC.has(operator.slice(0, -1)) ? right : undefined;
  }

  private is(kind: Kind, wrapped: Node): boolean {
    const node = unwrap(wrapped as Expression);
    switch (node.type) {
      case "Literal":
        return typeof node.value === kind;
      case "TemplateLiteral":
        return kind === "string";
      case "Identifier": {
        const variable = this.port.variableOf(node);
        return variable !== undefined && this.known[kind].has(variable);
      }
      case "UnaryExpression":
        if (kind === "string") return node.operator === "typeof";
        return node.operator === "+" || (/^[-~]$/.test(node.operator) && this.is(kind, node.argument));
      case "UpdateExpression":
        return kind === "number" && this.is(kind, node.argument);
      case "BinaryExpression": {
        const { left, right, operator } = node;
        if (kind === "string") return operator === "+" && (this.is(kind, left) || this.is(kind, right));
        return operator === ">>>" || (ARITHMETIC.has(operator) && this.is(kind, left) && this.is(kind, right));
      }
      case "ConditionalExpression":
        return this.is(kind, node.consequent) && this.is(kind, node.alternate);
      case "MemberExpression":
        if (node.computed) {
          const isOfNumbers = kind === "number" && this.isTypedArray(node.object);
          return isOfNumbers || this.typeOf(node)?.type === KEYWORDS[kind];
        }
        if (node.property.type === "PrivateIdentifier") return false;
        if (node.object.type === "ThisExpression") return this.typeOf(node)?.type === KEYWORDS[kind];
        return kind === "number" && (node.property.name === "length" || this.isGlobal(kind, node));
      case "CallExpression":
        return this.gives(kind, node);
      default:
        return false;
    }
  }

  /** Whether a name is declared with `new Float64Array(…)` or its like, and not with one of bigints. */
  private isTypedArray(node: Node): boolean {
    const variable = node.type === "Identifier" ? this.port.variableOf(node) : undefined;
    return variable?.kind === "const" && /^[FIU]/.test(typedArrayOf(variable) ?? "");
  }

  private gives(kind: Kind, node: Extract<Node, { type: "CallExpression" }>): boolean {
    const builtin = calledBuiltin(this.port, node);
    if (builtin) return BUILTINS[kind].has(builtin);
    const { callee } = node;
    const called = callee.type === "Identifier" ? this.port.variableOf(callee) : undefined;
    if (!called) return this.isGlobal(kind, callee);
    const { declaration } = called;
    if (called.kind !== "function" || called.reassigned || declaration.type !== "FunctionDeclaration") return false;
    if (declaration.async || declaration.generator) return false;
    return declaration.returnType?.typeAnnotation.type === KEYWORDS[kind];
  }

  /** The type that the class around `this.name` says it is of. */
  private fieldType(node: Node, name: string): TSType | undefined {
    let outer = this.port.parent(node);
    while (outer && !isClass(outer)) outer = this.port.parent(outer);
    const field = outer?.body.body.find(
      (member) =>
        member.type === "PropertyDefinition" &&
        !member.static &&
        !member.computed &&
        member.key.type === "Identifier" &&
        member.key.name === name,
    );
    return field?.type === "PropertyDefinition" && !field.optional ? field.typeAnnotation?.typeAnnotation : undefined;
  }

  /** Whether an expression is one of JavaScript's own names that stands for such a value, or gives one. */
  private isGlobal(kind: Kind, node: Node): boolean {
    const root = node.type === "MemberExpression" ? node.object : node;
    if (root.type !== "Identifier" || this.port.variableOf(root)) return false;
    return GLOBALS[kind].test(this.port.source.slice(node.start, node.end));
  }
}

/** `T[]`, `readonly T[]`, `Array<T>`, `list<T>` */
function elementOf(type: TSType | undefined): TSType | undefined {
  switch (type?.type) {
    case "TSArrayType":
      return type.elementType;
    case "TSTypeOperator":
      return elementOf(type.typeAnnotation);
    case "TSTypeReference": {
      const isArray = type.typeName.type === "Identifier" && /^(?:Readonly)?Array$|^list$/.test(type.typeName.name);
      return isArray ? type.typeArguments?.params[0] : undefined;
    }
    default:
      return undefined;
  }
}

function isAnnotated(binding: Node, keyword: Node["type"]): boolean {
  if (binding.type !== "Identifier" || binding.optional) return false;
  return binding.typeAnnotation?.typeAnnotation.type === keyword;
}
