// Makes dist/replay.html: the replay as a page that stands by itself, into which an export puts its sessions.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";

/** In front of the editor's host and its controls stand those of webview/file/. */
const standIns = {
  name: "stand-ins",
  setup(build) {
    build.onResolve({ filter: /\/(host\.ts|control\.tsx)$/ }, ({ path }) => ({
      path: resolve("webview/file", basename(path)),
    }));
  },
};

const page = {
  name: "page",
  setup(build) {
    build.onEnd(({ outputFiles = [], metafile, errors }) => {
      if (errors.length > 0) return;
      const textOf = ending => outputFiles.find(({ path }) => path.endsWith(ending)).text;
      // A browser would take it for the beginning of a comment that hides the script's end.
      const script = textOf(".js").replaceAll("<!--", "\\x3c!--");
      const sources = Object.keys(metafile.inputs).filter(path => !path.startsWith("node_modules"));
      writeFileSync("dist/replay.html", pageOf(script, textOf(".css") + iconsIn(sources)));
    });
  },
};

/** Options for esbuild. */
export const replayFile = webview => ({
  ...webview,
  entryPoints: { replay: "webview/file/main.tsx" },
  sourcemap: false,
  metafile: true,
  write: false,
  plugins: [standIns, page],
});

function pageOf(script, style) {
  // Nothing but these two runs or shows, and nothing asks the network, whatever a transcript says.
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agent Trace</title>
<style>${style}</style>
</head>
<body>
<noscript>This page shows a session of Claude Code with a script of its own, which asks nothing of the network. Allow scripts to see it.</noscript>
<!-- sessions -->
<script>${script}</script>
</body>
</html>
`;
}

function hashOf(text) {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

const ICONS = "node_modules/@vscode/codicons/src";

/** Of the icons' font those that these sources name, as pictures: the whole font would be half of the file. */
function iconsIn(sources) {
  const text = sources.map(path => readFileSync(path, "utf8")).join("\n");
  const families = JSON.parse(readFileSync(`${ICONS}/template/mapping.json`, "utf8"));
  const rules = Object.values(families).flatMap(names => {
    const used = names.filter(name => text.includes(`"${name}"`));
    // One picture goes by several names, and lies in a file by one of them.
    const file = names.map(name => `${ICONS}/icons/${name}.svg`).find(existsSync);
    if (used.length === 0 || !file) return [];
    // Hundredths are fine enough for sixteen points.
    const svg = readFileSync(file, "utf8").replace(/(\.\d\d)\d+/g, "$1");
    const picture = svg.trim().replaceAll('"', "'").replaceAll("#", "%23");
    const selector = used.map(name => `.codicon-${name}`).join();
    return [`${selector}{mask-image:url("data:image/svg+xml,${picture}")}`];
  });
  return rules.join("\n");
}
