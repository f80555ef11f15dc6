import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// VS Code's file logger is a C++ addon that takes 20 s to build; this writes the same files in plain JavaScript.
const SPDLOG = `
const fs = require("node:fs"), path = require("node:path");
const names = ["trace", "debug", "info", "warning", "error", "critical", "off"];
let level = 2;
class Logger {
  constructor(file) {
    Object.assign(this, { file, level, raw: false });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.appendFileSync(file, "");
  }
  write(at, text) {
    if (at < this.level) return;
    const line = this.raw ? text : new Date().toISOString() + " [" + names[at] + "] " + text + "\\n";
    try { fs.appendFileSync(this.file, line); } catch {}
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(at) { this.level = at; }
  clearFormatters() { this.raw = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
// Names are read without running the file, so each needs its own line.
exports.version = 1;
exports.Logger = Logger;
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
exports.setLevel = at => { level = at; };
exports.setFlushOn = () => {};
`;

// An addon which ends a process whose parent died; a timer does it too.
const WATCHDOG = `
exports.start = parent => setInterval(() => {
  try { process.kill(parent, 0); } catch { process.exit(87); }
}, 1000).unref();
`;

/** Puts plain JavaScript where VS Code's compiled modules would be, so that nothing has to be built. */
export function writeStandIns(modules: string): void {
  writeModule(modules, "@vscode/spdlog", SPDLOG);
  writeModule(modules, "@vscode/native-watchdog", WATCHDOG);
  linkRipgrep(modules);
}

function writeModule(modules: string, name: string, code: string): void {
  const folder = join(modules, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
  writeFileSync(join(folder, "index.js"), code.trimStart());
}

// Older VS Codes fetch rg after the install; the package of newer ones has the binary inside.
function linkRipgrep(modules: string): void {
  const bin = join(modules, "@vscode/ripgrep/bin");
  mkdirSync(bin, { recursive: true });
  symlinkSync("../../ripgrep-universal/bin/linux-x64/rg", join(bin, "rg"));
}
