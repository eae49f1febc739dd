export { type Bundle, type BundledModule, type BundleOptions, bundlePort } from "./bundle";
export { PortError } from "./errors";
export { type Port, parsePort } from "./port";
export { type CompiledPort, type TransformOptions, transform } from "./transform";
