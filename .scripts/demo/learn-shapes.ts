import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { demoFiles } from "./demo.ts";
import { type Json, kindOf, learnShapes, toolNames } from "./line-shape.ts";

const [captures] = process.argv.slice(2);
if (!captures) throw new Error("usage: npx tsx .scripts/demo/learn-shapes.ts <folder with captures>");

const parse = (text: string) => text.split("\n").flatMap(line => (line ? [JSON.parse(line) as Json] : []));
const texts = (end: string) =>
  readdirSync(captures, { recursive: true, encoding: "utf8" })
    .filter(file => file.includes("/projects/") && file.endsWith(end))
    .map(file => readFileSync(join(captures, file), "utf8"));

const transcripts = texts(".jsonl")
  .map(parse)
  .filter(lines => lines.some(line => line.version === "2.1.329"));
const metas = texts(".meta.json")
  .map(text => ({ type: "meta", ...(JSON.parse(text) as Json) }))
  .filter(meta => "requestNonInteractive" in meta);

// only what the demo uses is kept
const used = new Set(["meta"]);
for (const { path, text } of demoFiles()) {
  if (!path.endsWith(".jsonl")) continue;
  const lines = parse(text);
  for (const line of lines) used.add(kindOf(line, toolNames(lines)));
}
const shapes = Object.fromEntries(
  Object.entries(learnShapes([...transcripts, metas])).filter(([kind]) => used.has(kind)),
);
const file = join(import.meta.dirname, "../../test/scripts/demo-shapes.json");
writeFileSync(file, `${JSON.stringify(shapes, null, 2)}\n`);
console.log("not in the captures:", [...used].filter(kind => !(kind in shapes)).join(", ") || "nothing");
