import { join } from "node:path";
import { build } from "esbuild";

/** The programs of both sides, bundled as the extension is: what tsx would add in time and memory is not ours. */
export interface Bundles {
  host: string;
  ours: string;
  limit: string;
}

export async function bundle(folder: string): Promise<Bundles> {
  const here = join(import.meta.dirname, "side");
  await build({
    entryPoints: [
      ...["host.ts", "ours.ts", "limit.ts"].map(name => join(here, name)),
      join(import.meta.dirname, "../../../node_modules/sql.js/dist/sql-wasm.wasm"),
    ],
    outdir: folder,
    entryNames: "[name]",
    outExtension: { ".js": ".cjs" },
    loader: { ".wasm": "copy" },
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    logLevel: "warning",
  });
  const program = (name: string) => join(folder, `${name}.cjs`);
  return { host: program("host"), ours: program("ours"), limit: program("limit") };
}
