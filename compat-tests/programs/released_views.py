# Memoryviews that are released, one by one, by `with`, and with a shared memory that is closed.
from multiprocessing import Pipe, Process
from multiprocessing.shared_memory import SharedMemory


def attempt(name, f):
    try:
        print(name, f())
    except Exception as e:
        print(name, type(e).__name__, e)


def child(name):
    block = SharedMemory(name)
    with block.buf[:4] as head:
        head[0] = 7
        head[1:4] = b"xyz"
    attempt("child", lambda: len(head))
    block.close()


def main():
    data = bytearray(b"abcd")
    with memoryview(data) as m:
        m[0] = 65
        tail = m[2:]
        print(len(m), bytes(m), bytes(tail))
    attempt("len", lambda: len(m))
    attempt("item", lambda: m[0])
    attempt("set", lambda: m.__setitem__(0, 66))
    attempt("bytes", lambda: bytes(m))
    attempt("again", lambda: m.release())
    attempt("with", lambda: m.__enter__())
    attempt("tail", lambda: bytes(tail))
    print(data, str(m).split(" at ")[0])

    a, b = Pipe()
    attempt("send_bytes", lambda: a.send_bytes(m))
    b.send_bytes(b"efgh")
    attempt("recv_bytes_into", lambda: a.recv_bytes_into(m))
    attempt("send", lambda: a.send(m))

    block = SharedMemory(create=True, size=16)
    p = Process(target=child, args=(block.name,))
    p.start()
    p.join()
    buf = block.buf
    print(p.exitcode, buf is block.buf, bytes(buf[:5]))
    block.close()
    attempt("buf", lambda: buf.tobytes())
    attempt("len", lambda: len(buf))
    print(block.buf, block.size)
    block.close()
    block.unlink()


if __name__ == "__main__":
    main()
