import { plugin } from "./port/page-plugin";

/** The plugin for Rollup: `pythreads({ include })`. */
export default plugin.rollup;
