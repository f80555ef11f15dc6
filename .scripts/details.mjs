// Writes the README as VS Code shows it of an installed extension: without its pictures, since VS Code loads only those of the web there.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

mkdirSync("out", { recursive: true });
writeFileSync("out/README.md", readFileSync("README.md", "utf8").replace(/^!\[.*\n\n/gm, ""));
