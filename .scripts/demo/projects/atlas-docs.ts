import { Project } from "../project.ts";

const webhooks = `# Webhooks

Atlas calls your server when something changes.

## Receiving

Answer with any 2xx status within 10 seconds. See [signatures](signatures.md)
before you trust a body.

## Failures

Deliveries that fail are tried again. TODO: describe how.

See also [events](event-list.md).
`;

const notes = `retry rules, from the delivery team
- first try at once, then after 1 min, 5 min, 30 min, 2 h, 6 h: six tries
- any 2xx is a success; 410 stops at once and switches the endpoint off
- timeout 10 s counts as a failure
- every try carries the same atlas-delivery id, so receivers can drop repeats
- after the last try the delivery is kept for 7 days and can be sent again by hand
`;

const nav = `{
  "pages": [
    "index.md",
    "webhooks.md",
    "signatures.md",
    "events.md"
  ]
}
`;

const build = `import { mkdir, readFile, writeFile } from "node:fs/promises";
import { marked } from "marked";
import sharp from "sharp";

const { pages } = JSON.parse(await readFile("site.json", "utf8"));

async function page(name) {
  const html = marked.parse(await readFile("docs/" + name, "utf8"));
  await writeFile("out/" + name.replace(".md", ".html"), html);
}

async function picture(name) {
  for (const width of [400, 800, 1600, 3200]) {
    await sharp("images/" + name).resize(width).avif({ effort: 9 }).toFile("out/" + width + "-" + name);
  }
}

await mkdir("out", { recursive: true });
await Promise.all(pages.map(page));
for (const name of JSON.parse(await readFile("images/list.json", "utf8"))) await picture(name);
`;

const workflow = `name: docs
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:24-alpine
    steps:
      - uses: actions/checkout@v5
      - run: npm ci
      - run: npm run build
`;

/** A documentation site. */
export function atlasDocs(): Project {
  return new Project("atlas-docs", 19_200, {
    ".github/workflows/docs.yml": workflow,
    "docs/webhooks.md": webhooks,
    "notes/webhook-retries.txt": notes,
    "scripts/build.mjs": build,
    "site.json": nav,
  });
}
