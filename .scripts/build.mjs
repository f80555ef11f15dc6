// Builds the bundles into dist/: three for Node (window, recorder, terminal) and the webview's.
import { mkdirSync } from "node:fs";
import { build, context } from "esbuild";

const watch = process.argv.includes("--watch");
const shared = { bundle: true, outdir: "dist", sourcemap: true, minify: !watch, logLevel: "info" };

const node = {
  ...shared,
  entryPoints: [
    "extension/main.ts",
    "extension/recorder.ts",
    "extension/cli.ts",
    "node_modules/sql.js/dist/sql-wasm.wasm",
  ],
  entryNames: "[name]",
  loader: { ".wasm": "copy" },
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
};

const webview = {
  ...shared,
  entryPoints: { webview: "webview/main.tsx" },
  assetNames: "[name]",
  loader: { ".ttf": "file" },
  platform: "browser",
  target: "chrome130",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
};

mkdirSync("out", { recursive: true }); // vsce writes the package there and does not make it
for (const bundle of [node, webview]) {
  if (watch) await (await context(bundle)).watch();
  else await build(bundle);
}
