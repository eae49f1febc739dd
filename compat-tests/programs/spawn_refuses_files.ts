import { multiprocessing as mp, os } from "pythreads";
import { open, print, str, with_ } from "pythreads/builtins";
import { TypeError } from "pythreads/exceptions";

function nothing(...args: any[]) {}

if (__name__ === "__main__") {
  const spawn = mp.get_context("spawn");
  for (const mode of ["r", "rb", "wb"]) {
    with_(open(os.devnull, mode), (file: any) => {
      try {
        spawn.Process({ target: nothing, args: [file] }).start();
      } catch (e: any) {
        if (!(e instanceof TypeError)) throw e;
        print(mode, str(e));
      }
    });
  }
}
