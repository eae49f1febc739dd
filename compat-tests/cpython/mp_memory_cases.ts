// The cases of _test_multiprocessing.py for shared memory: blocks, lists in them, and the manager that makes them.
import { multiprocessing } from "pythreads";
import {
  bytes,
  FileExistsError,
  FileNotFoundError,
  IndexError,
  isinstance,
  KeyError,
  len,
  list,
  range,
  repr,
  slice,
  str,
  TypeError,
  tuple,
  ValueError,
  with_,
} from "pythreads/builtins";
import { SharedMemoryManager } from "pythreads/multiprocessing/managers";
import { ShareableList, SharedMemory } from "pythreads/multiprocessing/shared_memory";
import { equal, matches, no, ok, raises, test } from "./kit";

const at = (name: string, body: () => void, version = "") =>
  test(`_test_multiprocessing${version}._TestSharedMemory.${name}`, body);

function attachThenWrite(nameOrObject: any, data: any) {
  const memory: any = isinstance(nameOrObject, str) ? new SharedMemory(nameOrObject) : nameOrObject;
  memory.buf.__setitem__(slice(0, len(data)), data);
  memory.close();
}
/** The first bytes of a block. */
const head = (memory: any, n: number) => str(bytes(memory.buf.__getitem__(slice(0, n))));
const text = (s: string) => str(bytes(s));
/** What another end of a pipe gets for an object: a copy, as by pickle. */
function passed(object: any): any {
  const [a, b] = multiprocessing.Pipe();
  a.send(object);
  return b.recv();
}

if (__name__ === "__main__") {
  at("test_shared_memory_basics", () => {
    const sms = new SharedMemory("test01_tsmb", { create: true, size: 512 });
    equal(sms.name, "test01_tsmb");
    ok(sms.size >= 512);
    ok(len(sms.buf) >= sms.size);
    equal(str(sms), "SharedMemory('test01_tsmb', size=512)");
    sms.buf[0] = 42;
    equal(sms.buf[0], 42);
    const also = new SharedMemory("test01_tsmb");
    equal(also.buf[0], 42);
    also.close();
    const same = new SharedMemory("test01_tsmb", { size: 20 * sms.size });
    ok(same.size < 20 * sms.size);
    same.close();
    raises(ValueError, () => new SharedMemory({ create: true, size: -2 }), "'size' must be a positive integer");
    raises(ValueError, () => new SharedMemory({ create: false }), "'name' can only be None if create=True");
    const uno = new SharedMemory("test01_dblunlink", { create: true, size: 5000 });
    ok(uno.size >= 5000);
    const duo = new SharedMemory("test01_dblunlink");
    duo.unlink();
    duo.close();
    uno.close();
    raises(FileNotFoundError, () => uno.unlink());
    raises(
      FileExistsError,
      () => new SharedMemory("test01_tsmb", { create: true, size: 512 }),
      "[Errno 17] File exists: '/test01_tsmb'",
    );
    raises(
      FileNotFoundError,
      () => new SharedMemory("test01_notthere"),
      "[Errno 2] No such file or directory: '/test01_notthere'",
    );
    sms.close();
    sms.unlink();
  });
  at("test_shared_memory_recreate", () => {
    // Two blocks draw the same numbers for their names; the second draws again.
    const drawn = Math.random;
    const numbers = [0.25, 0.5, 0.25, 0.5, 0.75, 0.5];
    Math.random = () => numbers.shift() as number;
    const made = [new SharedMemory({ create: true, size: 1 }), new SharedMemory({ create: true, size: 1 })];
    Math.random = drawn;
    equal(
      made.map(({ name }) => name),
      ["psm_40008000", "psm_c0008000"],
    );
    for (const memory of made) memory.unlink();
  });
  for (const [name, version] of [
    ["test_invalid_shared_memory_cration", ""],
    ["test_invalid_shared_memory_creation", " (3.13)"],
  ] as const) {
    at(
      name,
      () => {
        for (const size of [{ size: -1 }, { size: 0 }, {}]) {
          raises(ValueError, () => new SharedMemory({ create: true, ...size }));
        }
      },
      version,
    );
  }
  at(
    "test_shared_memory_name_with_embedded_null",
    () => {
      raises(
        ValueError,
        () => new SharedMemory("test01_\0null", { create: true, size: 512 }),
        "embedded null character",
      );
    },
    " (3.13)",
  );
  at("test_shared_memory_pickle_unpickle", () => {
    const sms = new SharedMemory({ create: true, size: 512 });
    attachThenWrite(sms.name, bytes("pickle"));
    const sms2 = passed(sms);
    ok(isinstance(sms2, SharedMemory));
    no(sms === sms2);
    equal(sms.name, sms2.name);
    equal([head(sms, 6), head(sms2, 6)], [text("pickle"), text("pickle")]);
    sms.buf.__setitem__(slice(0, 6), bytes("newval"));
    equal([head(sms, 6), head(sms2, 6)], [text("newval"), text("newval")]);
    sms2.buf.__setitem__(slice(0, 6), bytes("oldval"));
    equal([head(sms, 6), head(sms2, 6)], [text("oldval"), text("oldval")]);
    sms.unlink();
  });
  at("test_shared_memory_pickle_unpickle_dead_object", () => {
    const sms = new SharedMemory({ create: true, size: 512 });
    const [a, b] = multiprocessing.Pipe();
    a.send(sms);
    sms.close();
    sms.unlink();
    raises(FileNotFoundError, () => b.recv());
  });
  at("test_shared_memory_across_processes", () => {
    for (const method of ["fork", "spawn"] as const) {
      const mp = multiprocessing.get_context(method);
      const sms = new SharedMemory({ create: true, size: 512 });
      for (const [target, data] of [
        [sms.name, "howdy"],
        [sms, "HELLO"],
      ] as any) {
        const p = mp.Process({ target: attachThenWrite, args: [target, bytes(data)] });
        p.daemon = true;
        p.start();
        p.join();
        equal(head(sms, 5), text(data));
      }
      sms.close();
      sms.unlink();
    }
  });
  at("test_shared_memory_SharedMemoryManager_basics", () => {
    const smm1 = new SharedMemoryManager();
    raises(ValueError, () => smm1.SharedMemory({ size: 9 }), "address type of None unrecognized");
    smm1.start();
    const lol: any[] = [];
    const lom: any[] = [];
    for (const i of range(5, 10)) lol.push(smm1.ShareableList(range(i)));
    for (const j of range(32, 128, 16)) lom.push(smm1.SharedMemory({ size: j }));
    equal(len(new ShareableList({ name: lol[0].shm.name })), 5);
    ok(len(new SharedMemory({ name: lom[0].name }).buf) >= 32);
    const held = lom[0].name;
    smm1.shutdown();
    raises(FileNotFoundError, () => new SharedMemory({ name: held }));
    let name = "";
    with_(new SharedMemoryManager(), (smm2: any) => {
      const sl = smm2.ShareableList("howdy");
      smm2.SharedMemory({ size: 128 });
      name = sl.shm.name;
    });
    raises(FileNotFoundError, () => new ShareableList({ name }));
  });
  at("test_shared_memory_ShareableList_basics", () => {
    const wanted = ["howdy", bytes("HoWdY"), -273.154, 100, null, true, 42];
    const sl: any = new ShareableList(wanted);
    equal(str(sl), `ShareableList(${str(list(sl))}, name='${sl.shm.name}')`);
    raises(IndexError, () => sl[7], "index out of range");
    raises(IndexError, () => sl.__setitem__(7, 2), "assignment index out of range");
    const format = sl._get_packing_format(0);
    sl[0] = "howdy";
    equal(sl._get_packing_format(0), format);
    equal(sl.format, "8s8sdqxxxxxx?xxxxxxxx?q");
    equal(len(sl), 7);
    raises(ValueError, () => sl.index("100"), "'100' not in this container");
    equal(sl.index(100), 3);
    equal([sl[0], sl[-2]], ["howdy", true]);
    equal(repr(tuple(sl)), repr(tuple(wanted)));
    sl[3] = 42;
    equal(sl[3], 42);
    sl[4] = "some";
    equal(sl[4], "some");
    equal(sl.format, "8s8sdq8sxxxxxxx?q");
    const EXCEEDS = "bytes/str item exceeds available storage";
    raises(ValueError, () => sl.__setitem__(4, "far too many"), EXCEEDS);
    equal(sl[4], "some");
    sl[0] = "encodés"; // 8 bytes of UTF-8
    equal(sl[0], "encodés");
    equal(repr(sl[1]), "b'HoWdY'");
    raises(ValueError, () => sl.__setitem__(0, "encodées"), EXCEEDS); // 9 bytes
    equal(repr(sl[1]), "b'HoWdY'");
    raises(ValueError, () => sl.__setitem__(1, bytes("123456789")), EXCEEDS);
    equal(repr(sl[1]), "b'HoWdY'");
    equal([sl.count(42), sl.count(bytes("HoWdY")), sl.count(bytes("adios"))], [2, 1, 0]);

    const copy: any = new ShareableList(sl, { name: "test03_duplicate" });
    no(sl.shm.name === copy.shm.name);
    equal(copy.shm.name, "test03_duplicate");
    equal(repr(list(sl)), repr(list(copy)));
    equal(sl.format, copy.format);
    copy[-1] = 77;
    equal([copy[-1], sl[-1]], [77, 42]);
    copy.shm.close();
    copy.shm.unlink();

    const tethered: any = new ShareableList({ name: sl.shm.name });
    equal(sl.shm.name, tethered.shm.name);
    tethered[-1] = 880;
    equal(sl[-1], 880);
    tethered.shm.close();

    raises(KeyError, () => sl.__setitem__(0, [1]), "<class 'list'>");
    raises(KeyError, () => new ShareableList([[1]]), "<class 'list'>");
    sl.shm.close();
    raises(TypeError, () => sl[0], "a bytes-like object is required, not 'NoneType'");
    sl.shm.unlink();

    const empty: any = new ShareableList();
    equal(len(empty), 0);
    equal(empty.format, "");
    equal(empty.count("any"), 0);
    raises(ValueError, () => empty.index(null), "None not in this container");
    empty.shm.close();
    empty.shm.unlink();
  });
  at("test_shared_memory_ShareableList_pickling", () => {
    const sl: any = new ShareableList(range(10));
    const other = passed(sl);
    ok(isinstance(other, ShareableList));
    equal(other[-1], 9);
    no(sl === other);
    other[4] = "changed";
    equal(sl[4], "changed");
    sl[3] = "newvalue";
    equal(other[3], "newvalue");
    other.shm.close();
    sl.shm.close();
    sl.shm.unlink();
  });
  at("test_shared_memory_ShareableList_pickling_dead_object", () => {
    const sl = new ShareableList(range(10));
    const [a, b] = multiprocessing.Pipe();
    a.send(sl);
    sl.shm.close();
    sl.shm.unlink();
    matches(str(raises(FileNotFoundError, () => b.recv())), /No such file or directory: '\/psm_/);
  });
}
