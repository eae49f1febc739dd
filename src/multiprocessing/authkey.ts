// The key with which processes prove to each other that they belong together.
import { bytes } from "../builtins/bytes";
import { extendCodec } from "../registry";

/** A key: bytes, under a name of their own. */
export class AuthenticationString extends bytes {}

extendCodec(AuthenticationString, {
  name: "AuthenticationString",
  reduce: (value) => new Uint8Array(value),
  restore: (data) => new AuthenticationString(data),
});

export function randomKey(): AuthenticationString {
  return new AuthenticationString(crypto.getRandomValues(new Uint8Array(32)));
}
