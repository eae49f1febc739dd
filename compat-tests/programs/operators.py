def attempt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__ + ":", e)
def pair(a, b):
    for f in [lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a ** b, lambda: a & b, lambda: a | b, lambda: a ^ b, lambda: a << b, lambda: a < b, lambda: a <= b, lambda: a > b, lambda: a >= b]:
        attempt(f)
def update(a, b):
    before = a
    try:
        a += b
        print(a, a is before)
    except Exception as e: print(type(e).__name__ + ":", e)
l, m, s, t, d = [1, 2], [3], {1, 2}, {2, 3}, {"a": 1}
pair(l, m); pair(s, t); pair(d, {"b": 2}); pair((1, 2), (1, 3)); pair(l, 2); pair(2, l); pair(None, 1); pair(b"ab", b"c"); pair(b"ab", 2); pair(l, (1,)); pair("a", l); pair(l, 1.5); pair(range(2), range(2)); pair(1, None)
update([1], [2]); update([1], "ab"); update((1,), (2,)); update("a", "b"); update(1, [2]); update([1], 5); update({1}, {2})
class Vec:
    def __init__(self, x): self.x = x
    def __add__(self, o): return Vec(self.x + o.x) if isinstance(o, Vec) else NotImplemented
    def __radd__(self, o): return Vec(o + self.x)
    def __mul__(self, k): return Vec(self.x * k)
    def __rmul__(self, k): return self * k
    def __neg__(self): return Vec(-self.x)
    def __lt__(self, o): return self.x < o.x
    def __le__(self, o): return self.x <= o.x
    def __isub__(self, o): self.x -= o; return self
    def __repr__(self): return f"Vec({self.x})"
    def __truediv__(self, o): return ("div", o)
class Sub(Vec):
    def __radd__(self, o): return "Sub first"
class Plain: pass
v, w = Vec(1), Vec(2)
print(v + w, v * 3, 3 * v, -v, v < w, v > w, v <= w, v >= w, 5 + v, v / 2, v + Sub(1), sum([v, w]), max([v, w]), sorted([w, v]))
u = v; u -= 4; print(u, v is u)
attempt(lambda: v + "x"); attempt(lambda: v - w); attempt(lambda: [1] + v); attempt(lambda: Plain() + 1); attempt(lambda: Plain() < Plain()); attempt(lambda: -Plain()); attempt(lambda: -l); attempt(lambda: ~"a"); attempt(lambda: Plain() < 1); attempt(lambda: -"a")
class Box:
    items = [0]
    def __init__(self): self.items = [1]; self.n = 0
box = Box(); own = box.items
box.items += [2]; box.n += 1; box.items *= 2; print(box.items, own, box.n)
grid = [[1], [2]]; grid[0] += [9]; d["l"] = [1]; d["l"] += [2]; grid[1] *= 2; print(grid, d)
big = 2 ** 70
print(big + 1, 1 + big, big * 2, big < 5, big / 2)
total = 0
for x in [1, 2, 3]: total += x
names = []
for c in "abc": names = names + [c]
print(total, names, [0] * 3, "-" * 5, 2 * "ab", [[0] * 2 for _ in range(2)])
acc = ""
for x in ["a", "b"]: acc += x
print(acc, -3, -total, [1, 2] < [1, 3], [2] > [1, 5], (1, 2) <= (1, 2), "a" < "b", {1} < {1, 2})
attempt(lambda: 1 < "a"); attempt(lambda: None < 1); attempt(lambda: [1] < (1,)); attempt(lambda: {} < {}); attempt(lambda: 3 >= None)
attempt(lambda: "ab" * 2); attempt(lambda: "ab" - 2); attempt(lambda: "ab" * "c"); attempt(lambda: True + True); attempt(lambda: True | False); attempt(lambda: True & 3); attempt(lambda: "ab" < 2)
