# What a manager's containers are made of and updated with.
from multiprocessing import Manager


def main():
    pairs = [(1, 2), ("three", [4])]
    with Manager() as m:
        d = m.dict(pairs)
        print(d, m.dict(tuple(pairs)), m.dict(dict(pairs)), m.dict(a=1), m.dict(d))
        d.update([("e", 1)])
        d.update((("f", 2), ["g", [3]]))
        d.update({"h": {"i": 4}})
        d.update(j=5)
        d.update(m.dict({"k": 6}))
        print(d, len(d), d["g"], d["h"])
        d["g"].append(4)
        print(d["g"], m.list(pairs), m.list(range(3)), m.list("ab"))
        for wrong in (3, [3], [(1, 2, 3)]):
            try:
                d.update(wrong)
            except Exception as e:
                print(type(e).__name__, e)
    print(dict(pairs), dict([pairs[0]]))


if __name__ == "__main__":
    main()
