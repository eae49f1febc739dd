// Random bytes and keyed digests.
import { host } from "#platform";
import { OSError } from "../exceptions";

/** A keyed digest, by Python's name of it: "md5", "sha256", "sha3_256". */
export function hmac(digest: string, key: Uint8Array, message: Uint8Array): Uint8Array {
  if (!host.hmac) throw OSError(95, "keyed digests are not there in a web page: Operation not supported");
  return host.hmac(digest, key, message);
}

export function randomBytes(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
