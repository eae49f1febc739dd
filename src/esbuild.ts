import { plugin } from "./port/page-plugin";

/** The plugin for esbuild: `pythreads({ include })`. */
export default plugin.esbuild;
