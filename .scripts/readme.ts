// Writes the settings table of the README from package.json: `npm run readme`.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import manifest from "../package.json" with { type: "json" };

const START = "<!-- settings: written by npm run readme -->";
const END = "<!-- end of settings -->";

/** The settings of a manifest as a Markdown table between the two marks. */
export function settingsTable(from: typeof manifest): string {
  const rows = Object.entries(from.contributes.configuration.properties).map(
    ([id, spec]) => `| \`${id}\` | \`${JSON.stringify(spec.default)}\` | ${spec.markdownDescription} |`,
  );
  return [START, "| setting | default | what it does |", "|---|---|---|", ...rows, END].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const readme = readFileSync("README.md", "utf8");
  const [before, rest] = readme.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`README.md has lost its marks ${START} … ${END}`);
  writeFileSync("README.md", before + settingsTable(manifest) + after);
}
