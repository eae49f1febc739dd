// What os takes for a path.
import { method, typeName } from "../builtins/classes";
import { str } from "../builtins/repr";
import { TypeError } from "../exceptions";

/**
 * The path as text: a string or bytes, or what `__fspath__` of an object gives; a URL of a file counts as its path.
 *
 * @throws TypeError if it is no path
 */
export function fspath(path: unknown): string {
  if (typeof path === "string") return path;
  if (path instanceof Uint8Array) return new TextDecoder().decode(new Uint8Array(path));
  if (path instanceof URL && path.protocol === "file:") return decodeURIComponent(path.pathname);
  const own = method(path, "__fspath__");
  if (own) return str(own());
  throw TypeError(`expected str, bytes or os.PathLike object, not ${typeName(path)}`);
}
