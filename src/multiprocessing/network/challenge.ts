// How two programs prove to each other that they have the same key, without sending it: each sends random bytes, and wants
// back a digest of them that is made with the key.
//
// Python up to 3.11 knows MD5 only. From 3.12 on a challenge begins with the digest that is wanted, such as `{sha256}`, and so does
// the answer; a challenge or an answer without it is one of MD5, as an older Python sends it.
import { bytes } from "../../builtins/bytes";
import { repr } from "../../builtins/repr";
import { type } from "../../builtins/types";
import { ValueError } from "../../exceptions";
import { hmac, randomBytes } from "../../runtime/crypto";
import { AuthenticationError } from "../errors";

/** As much of a connection as this needs. */
interface Messages {
  send_bytes(message: Uint8Array): void;
  recv_bytes(maxlength?: number): Uint8Array;
}

const CHALLENGE = bytes("#CHALLENGE#");
const WELCOME = bytes("#WELCOME#");
const FAILURE = bytes("#FAILURE#");
const MESSAGE_LENGTH = 40;
/** Of challenges and answers without a digest's name. */
const MD5_LENGTHS = [20, 16];
const DIGESTS = ["md5", "sha256", "sha384", "sha3_256", "sha3_384"];
/** Longest message that is accepted from somebody who has not proved anything yet. */
const MAX_LENGTH = 256;

/** Has the other end prove that it has the key. @throws AuthenticationError if it does not */
export function deliver_challenge(connection: Messages, authkey: Uint8Array): void {
  checkKey(authkey);
  const message = bytes("{sha256}").concat(randomBytes(MESSAGE_LENGTH));
  connection.send_bytes(CHALLENGE.concat(message));
  const response = bytes(connection.recv_bytes(MAX_LENGTH));
  try {
    verify(authkey, message, response);
  } catch (error) {
    connection.send_bytes(FAILURE);
    throw error;
  }
  connection.send_bytes(WELCOME);
}

/** Proves to the other end that we have the key. @throws AuthenticationError if it is not content */
export function answer_challenge(connection: Messages, authkey: Uint8Array): void {
  checkKey(authkey);
  const challenge = bytes(connection.recv_bytes(MAX_LENGTH));
  if (!challenge.startswith(CHALLENGE)) {
    throw AuthenticationError(`Protocol error, expected challenge: message=${repr(challenge)}`);
  }
  const message = bytes(challenge.subarray(CHALLENGE.length));
  if (message.length < MD5_LENGTHS[0]!) throw AuthenticationError(`challenge too short: ${message.length} bytes`);
  const [digest] = split(message);
  const answer = hmac(digest || "md5", authkey, message);
  connection.send_bytes(digest ? bytes(`{${digest}}`).concat(answer) : answer);
  const response = bytes(connection.recv_bytes(MAX_LENGTH));
  if (!isSame(response, WELCOME)) throw AuthenticationError("digest sent was rejected");
}

function checkKey(authkey: unknown): void {
  if (!(authkey instanceof Uint8Array)) throw ValueError(`Authkey must be bytes, not ${repr(type(authkey))}`);
}

/** The digest that a message names, and what follows; "" for one of an older Python. */
function split(message: bytes): [digest: string, rest: Uint8Array] {
  if (MD5_LENGTHS.includes(message.length)) return ["", message];
  const end = message.indexOf(0x7d);
  if (message[0] === 0x7b && end > 0 && end < 20) {
    const digest = String.fromCharCode(...message.subarray(1, end));
    if (DIGESTS.includes(digest)) return [digest, message.subarray(end + 1)];
  }
  throw AuthenticationError(
    `unsupported message length, missing digest prefix, or unsupported digest: message=${repr(message)}`,
  );
}

function verify(authkey: Uint8Array, message: Uint8Array, response: bytes): void {
  const [name, answer] = split(response);
  const digest = name || "md5";
  const expected = hmac(digest, authkey, message);
  if (expected.length !== answer.length) {
    throw AuthenticationError(`expected '${digest}' of length ${expected.length} got ${answer.length}`);
  }
  if (!isSame(expected, answer)) throw AuthenticationError("digest received was wrong");
}

/** In a time that does not tell where they differ. */
function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}
