// Exceptions of one's own: raise, raise from, args, re-raise, a subclass caught by its base.
import { Exception, int, isinstance, print, repr, type, ValueError } from "pythreads/builtins";
class ShopError extends Exception {}
class NoStock extends ShopError {
  declare name: string;
  declare wanted: number;
  constructor(name: string, wanted: number) {
    super(name, wanted);
    this.name = name;
    this.wanted = wanted;
  }
  __str__() {
    return `no stock: ${this.name} x ${this.wanted}`;
  }
}
function buy(name: string, wanted: number) {
  if (wanted > 2) {
    throw new NoStock(name, wanted);
  }
  return "sold";
}
for (const wanted of [1, 3]) {
  try {
    print(buy("bun", wanted));
  } catch (e) {
    if (isinstance(e, ShopError)) print(type(e).__name__, e, e.args, e.name);
    else throw e;
  }
}
try {
  try {
    int("jack");
  } catch (e) {
    if (isinstance(e, ValueError)) throw new ShopError("wrapped", { cause: e });
    else throw e;
  }
} catch (e) {
  if (isinstance(e, ShopError)) print(e, "from", repr(e.__cause__));
  else throw e;
}
try {
  try {
    throw new ShopError("again");
  } catch (e) {
    throw e;
  }
} catch (e) {
  if (isinstance(e, Exception)) print("re-raised", e);
  else throw e;
}
