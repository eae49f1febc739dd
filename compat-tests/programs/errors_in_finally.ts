import { sys } from "pythreads";
import { print, range, repr, with_, ValueError, KeyError, TypeError, RuntimeError, isinstance } from "pythreads/builtins";
function show(f: any) {
  try { f(); } catch (e: any) {
    const c: any = [];
    while (e !== null) { c.append(repr(e)); e = e.__context__; }
    print(c.join(" < "));
  }
}
function a() { try { throw ValueError("first"); } finally { throw KeyError("second"); } }
function b() { try { throw ValueError("first"); } finally { try { throw KeyError("inner"); } catch (e) { if (!isinstance(e, KeyError)) throw e; } } }
class M { __enter__() { return this; } __exit__(...a: any[]) { throw KeyError("exit"); } }
function c() { with_(new M(), () => { throw ValueError("body"); }); }
function d() { try { throw ValueError("first"); } catch (e) { throw TypeError("caught"); } finally { throw KeyError("second"); } }
function e() { try { return 1; } finally { throw KeyError("only"); } }
function helper() { throw RuntimeError("in helper"); }
function f() { try { throw ValueError("first"); } finally { helper(); } }
function g() { for (const i of range(2)) { try { if (i) throw ValueError("first"); continue; } finally { if (i) throw KeyError(i); } } }
function h() { try { try { throw ValueError("1"); } finally { throw KeyError("2"); } } finally { throw TypeError("3"); } }
function i() { try { throw ValueError("first"); } finally { return 5; } }
function j() { with_(new M(), () => {}); }
function k() { try { throw ValueError("first"); } finally { print(sys.exc_info()[1]); } }
function l() { try { return 1; } finally { print(sys.exc_info()[1]); } }
for (const fn of [a, b, c, d, e, f, g, h, i, j, k, l]) show(fn);
