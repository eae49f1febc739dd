// What a pattern takes of a value, where it stands in another or takes names: the items of what Python unpacks, counted; a dict's items,
// and an object's attributes.
import { isPlainObject } from "../../builtins/classes";
import { ownAttributes } from "../../builtins/object";
import { TypeError } from "../../exceptions";
import { hasIdentity } from "../identity";
import { attr } from "./attributes";
import { getItem, optItem } from "./items";
import { each, unpack } from "./iterables";

/** See the compiler's patterns.ts. */
type Shape = 0 | 1 | "_" | "..." | Shape[] | { [name: string]: Shape };

interface ListPattern {
  parts: Shape[];
  names: number;
  hasRest: boolean;
  /** Whether there must be as many items as names. */
  isStrict: boolean;
}

const shapes = new Map<string, Shape>();
const listPatterns = new WeakMap<Shape[], ListPattern>();

function shapeOf(text: string): Shape {
  let shape = shapes.get(text);
  if (shape === undefined) {
    shape = JSON.parse(text) as Shape;
    shapes.set(text, shape);
  }
  return shape;
}

/** `const { a, b: [c, d] } = value` */
export function match(value: any, text: string): any {
  return take(value, shapeOf(text));
}

/** `for (const [a, { b }] of values)` */
export function* eachMatched(values: any, text: string): Generator<unknown> {
  const shape = shapeOf(text);
  for (const value of each(values)) yield take(value, shape);
}

function take(value: any, shape: Shape): any {
  if (typeof shape !== "object") return value;
  return Array.isArray(shape) ? takeItems(value, shape) : takeNames(value, shape);
}

/** As take, of a part that may be missing where it has a default. */
function takePart(value: any, shape: Shape): any {
  if (typeof shape !== "object" || Array.isArray(shape) || !("=" in shape)) return take(value, shape);
  return value === undefined ? undefined : take(value, shape["="]!);
}

function takeItems(value: any, shape: Shape[]): Iterable<unknown> {
  const { parts, names, hasRest, isStrict } = listPatterns.get(shape) ?? listPattern(shape);
  const items = isStrict ? unpack(value, names, hasRest) : each(value);
  if (parts.length === 0) return items;
  const taken: unknown[] = [];
  for (const item of items) {
    taken.push(taken.length < parts.length ? takePart(item, parts[taken.length]!) : item);
    if (taken.length >= names && !hasRest) break;
  }
  return taken;
}

function listPattern(shape: Shape[]): ListPattern {
  const hasRest = shape.at(-1) === "...";
  const names = hasRest ? shape.length - 1 : shape.length;
  // With defaults and gaps, and for one name alone, it is JavaScript's.
  const isLoose = shape.some((part) => part === 1 || part === "_" || (typeof part === "object" && "=" in part));
  const hasParts = shape.some((part) => typeof part === "object");
  const pattern: ListPattern = {
    parts: hasParts ? shape.slice(0, names) : [],
    names,
    hasRest,
    isStrict: !isLoose && names >= (hasRest ? 1 : 2),
  };
  listPatterns.set(shape, pattern);
  return pattern;
}

function takeNames(value: any, shape: { [name: string]: Shape }): object {
  if (value === null || value === undefined) throw TypeError("'NoneType' object is not subscriptable");
  const isDict = typeof value.__getitem__ === "function" && typeof value.keys === "function";
  const isOwn = !isDict && typeof value === "object" && !isPlainObject(value) && hasIdentity(value);
  const found: Record<string, unknown> = "..." in shape || "*" in shape ? all(value, isDict, isOwn) : {};
  for (const [name, part] of Object.entries(shape)) {
    if (name === "..." || name === "*") continue;
    const isOptional = part === 1 || (typeof part === "object" && "=" in part);
    let taken: unknown;
    if (isDict) taken = isOptional ? optItem(value, name) : getItem(value, name);
    else {
      taken = value[name];
      if (typeof value !== "string" && (typeof taken === "function" || (taken === undefined && !isOptional)))
        taken = attr(value, name, taken);
    }
    found[name] = takePart(taken, part);
  }
  return found;
}

/** What a rest takes, and names that are computed. */
function all(value: any, isDict: boolean, isOwn: boolean): Record<string, unknown> {
  if (isDict) return Object.fromEntries([...value.keys()].map((key: any) => [key, value.__getitem__(key)]));
  return isOwn ? Object.fromEntries(ownAttributes(value)) : { ...value };
}
