// The cases of _test_multiprocessing.py that talk over sockets.
import { multiprocessing, queue, threading, time } from "pythreads";
import { bytes, Exception, hasattr, list, OSError, range, tuple, ValueError, with_ } from "pythreads/builtins";
import { AuthenticationError } from "pythreads/multiprocessing";
import { answer_challenge, Client, deliver_challenge, Listener } from "pythreads/multiprocessing/connection";
import { BaseManager, IteratorProxy, RemoteError } from "pythreads/multiprocessing/managers";
import { equal, ok, raises, test } from "./kit";

const families = ["AF_INET", "AF_UNIX"];

function listenerTest(name: string, body: () => void) {
  test(`_test_multiprocessing._TestListener.${name}`, body);
}
function clientTest(name: string, body: () => void) {
  test(`_test_multiprocessing._TestListenerClient.${name}`, body);
}

listenerTest("test_multiple_bind", () => {
  for (const family of families) {
    const l = Listener({ family: family as any });
    raises(OSError, () => Listener(l.address, family as any));
    l.close();
  }
});

function sendsNumber(address: any, authkey: any) {
  Client(address, { authkey }).send(1729);
}

function roundTrip(authkey: any) {
  const listener = Listener({ authkey });
  with_(listener, () => {
    const t = threading.Thread({ target: sendsNumber, args: [listener.address, authkey] });
    t.start();
    with_(listener.accept(), (c) => equal(c.recv(), 1729));
    t.join();
  });
  raises(OSError, () => listener.accept(), "listener is closed");
}
listenerTest("test_context", () => {
  for (const family of families) {
    with_(Listener({ family: family as any }), (l) => {
      with_(Client(l.address), (c) => {
        c.send(1729);
        with_(l.accept(), (d) => equal(d.recv(), 1729));
      });
    });
  }
  roundTrip(null);
});
test("_test_multiprocessing (3.13)._TestListener.test_empty_authkey", () => roundTrip(bytes("")));

function greets(address: any) {
  const conn = Client(address);
  conn.send("hello");
  conn.close();
}
clientTest("test_listener_client", () => {
  for (const family of families) {
    const l = Listener({ family: family as any });
    const p = multiprocessing.Process({ target: greets, args: [l.address], daemon: true });
    p.start();
    const conn = l.accept();
    equal(conn.recv(), "hello");
    p.join();
    l.close();
  }
});
clientTest("test_issue14725", () => {
  const l = Listener();
  const p = multiprocessing.Process({ target: greets, args: [l.address], daemon: true });
  p.start();
  // The client has connected, sent and closed before anybody accepts.
  p.join();
  const conn = l.accept();
  equal(conn.recv(), "hello");
  conn.close();
  l.close();
});
clientTest("test_issue16955", () => {
  for (const family of families) {
    const l = Listener({ family: family as any });
    const c = Client(l.address);
    const a = l.accept();
    a.send_bytes(bytes("hello"));
    ok(c.poll(1));
    a.close();
    c.close();
    l.close();
  }
});

const shared = queue.Queue();
class QueueManager extends BaseManager {}
QueueManager.register("get_queue", { callable: () => shared });
class QueueManager2 extends BaseManager {}
QueueManager2.register("get_queue");

/** How long a manager's process may take to end, on a busy machine. */
const SHUTDOWN_TIMEOUT = 60;
const AUTHKEY = bytes("0123456789abcdef");
const values = list([
  "hello world",
  null,
  true,
  2.25,
  "hall\xe5 v\xe4rlden",
  "\u043f\u0440\u0438\u0432\u0456\u0442 \u0441\u0432\u0456\u0442",
  bytes([0x68, 0xe5]),
]);

function puts(address: any, value: any) {
  const manager: any = new QueueManager2({ address, authkey: AUTHKEY });
  manager.connect();
  manager.get_queue().put(value);
}

test("_test_multiprocessing._TestRemoteManager.test_remote", () => {
  const manager = new QueueManager({ address: tuple(["127.0.0.1", 0]) as any, authkey: AUTHKEY });
  manager.start();
  const p = multiprocessing.Process({ target: puts, args: [manager.address, tuple(values)], daemon: true });
  p.start();
  const manager2: any = new QueueManager2({ address: manager.address as any, authkey: AUTHKEY });
  manager2.connect();
  const q = manager2.get_queue();
  equal(list(q.get()), values);
  // What is no data cannot be sent.
  raises(Exception, () => q.put(time.sleep));
  p.join();
  manager.shutdown();
});

test("_test_multiprocessing._TestManagerRestart.test_rapid_restart", () => {
  let manager: any = new QueueManager({ address: tuple(["127.0.0.1", 0]) as any, authkey: AUTHKEY });
  const server = manager.get_server();
  const address = server.address;
  server.listener.close();
  manager = new QueueManager({ address, authkey: AUTHKEY });
  manager.start();
  const p = multiprocessing.Process({ target: puts, args: [manager.address, "hello world"], daemon: true });
  p.start();
  equal(manager.get_queue().get(), "hello world");
  p.join();
  manager.shutdown();
  manager = new QueueManager({ address, authkey: AUTHKEY });
  manager.start();
  equal(manager.address, address);
  manager.shutdown();
});

class FooBar {
  f() {
    return "f()";
  }
  g() {
    throw ValueError();
  }
  _h() {
    return "_h()";
  }
}
function* baz() {
  for (const i of range(10)) yield i * i;
}
class MyManager extends BaseManager {}
MyManager.register("Foo", { callable: FooBar });
MyManager.register("Bar", { callable: FooBar, exposed: ["f", "_h"] });
MyManager.register("baz", { callable: baz, proxytype: IteratorProxy });

function common(manager: any) {
  const foo = manager.Foo();
  const bar = manager.Bar();
  equal(
    ["f", "g", "_h"].filter((name) => hasattr(foo, name)),
    ["f", "g"],
  );
  equal(
    ["f", "g", "_h"].filter((name) => hasattr(bar, name)),
    ["f", "_h"],
  );
  equal(foo.f(), "f()");
  raises(ValueError, () => foo.g());
  equal(foo._callmethod("f"), "f()");
  raises(RemoteError, () => foo._callmethod("_h"));
  equal(bar.f(), "f()");
  equal(bar._h(), "_h()");
  equal(bar._callmethod("f"), "f()");
  equal(bar._callmethod("_h"), "_h()");
  equal(
    list(manager.baz()),
    [...range(10)].map((i) => i * i),
  );
}
const ownManager = (name: string, body: () => any) =>
  test(`_test_multiprocessing._TestMyManager.${name}`, () => equal(body()._process.exitcode, 0));
ownManager("test_mymanager", () => {
  const manager = new MyManager({ shutdown_timeout: SHUTDOWN_TIMEOUT });
  manager.start();
  common(manager);
  manager.shutdown();
  return manager;
});
ownManager("test_mymanager_context", () => {
  const manager = new MyManager({ shutdown_timeout: SHUTDOWN_TIMEOUT });
  with_(manager, () => common(manager));
  return manager;
});
ownManager("test_mymanager_context_prestarted", () => {
  const manager = new MyManager({ shutdown_timeout: SHUTDOWN_TIMEOUT });
  manager.start();
  with_(manager, () => common(manager));
  return manager;
});

class FakeConnection {
  answers: any = null;
  send_bytes(_message: any) {}
  recv_bytes(_maxlength: any) {
    return this.answers.pop(0);
  }
}
function fake(...answers: any[]): any {
  const connection = new FakeConnection();
  connection.answers = list(answers);
  return connection;
}
test("_test_multiprocessing.OtherTest.test_deliver_challenge_auth_failure", () => {
  raises(AuthenticationError, () => deliver_challenge(fake(bytes("something bogus")), bytes("abc")));
});
test("_test_multiprocessing.OtherTest.test_answer_challenge_auth_failure", () => {
  const bogus = fake(bytes("#CHALLENGE#").concat(bytes(20)), bytes("something bogus"));
  raises(AuthenticationError, () => answer_challenge(bogus, bytes("abc")), "digest sent was rejected");
});
