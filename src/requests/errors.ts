// The exceptions of requests.
import { callable } from "../callable";
import { OSError } from "../exceptions";
import { defineAll } from "../registry";

class RequestExceptionType extends OSError {
  static readonly __module__: string = "requests.exceptions";
  declare response: any;
  declare request: any;

  constructor(...args: any[]) {
    super(...args);
    Object.assign(this, { response: null, request: null });
  }
}

export const RequestException = callable(RequestExceptionType, "RequestException");
export type RequestException = RequestExceptionType;
/** The server answered with an error, and `raise_for_status` was called. */
export const HTTPError = callable(class extends RequestException {}, "HTTPError");
export const ConnectionError = callable(class extends RequestException {}, "ConnectionError");
export const Timeout = callable(class extends RequestException {}, "Timeout");
export const ConnectTimeout = callable(class extends Timeout {}, "ConnectTimeout");
export const ReadTimeout = callable(class extends Timeout {}, "ReadTimeout");
export const TooManyRedirects = callable(class extends RequestException {}, "TooManyRedirects");
export const InvalidURL = callable(class extends RequestException {}, "InvalidURL");
export const MissingSchema = callable(class extends RequestException {}, "MissingSchema");
export const InvalidSchema = callable(class extends RequestException {}, "InvalidSchema");
export const JSONDecodeError = callable(class extends RequestException {}, "JSONDecodeError");

defineAll("requests.exceptions", {
  RequestException,
  HTTPError,
  ConnectionError,
  Timeout,
  ConnectTimeout,
  ReadTimeout,
  TooManyRedirects,
  InvalidURL,
  MissingSchema,
  InvalidSchema,
  JSONDecodeError,
});
