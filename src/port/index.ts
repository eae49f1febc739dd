export { bundlePort, type Bundle, type BundleOptions, type BundledModule } from "./bundle";
export { PortError } from "./errors";
export { type Port, parsePort } from "./port";
export { type CompiledPort, transform, type TransformOptions } from "./transform";
