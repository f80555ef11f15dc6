import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { throwAwayFolder, writeFiles } from "./folder.ts";

/** One line of a transcript: an object to be written as JSON, or the text as it is. */
type Line = object | string;

/** A transcript file in a throw-away home. */
interface Transcript {
  path: string;
  /** Adds lines at its end, as Claude Code does. */
  append(...lines: Line[]): void;
}

/** A throw-away home folder: what Claude Code and VS Code see as `~`. */
export interface Home extends AsyncDisposable {
  path: string;
  /** Its `.claude` folder. */
  claude: string;
  /** Makes a project folder with these files in it, and returns its path. */
  project(name: string, files?: Record<string, string>): string;
  /** Makes the transcript of a session that works in the project folder. */
  transcript(project: string, session: string, lines?: Line[]): Transcript;
}

// What would lead a process out of its throw-away home, or tell it that it runs under us.
const FOREIGN =
  /^(CLAUDE|ANTHROPIC|OTEL|XDG|VSCODE|ELECTRON|AGENT_TRACE|VITEST|GIT|npm)_|^(CLAUDECODE|VITEST|TEST|NODE_ENV|NODE_OPTIONS)$|_proxy$/i;

/** Makes a throw-away home. */
export function createHome(): Home {
  const folder = throwAwayFolder("home");
  const claude = join(folder.path, ".claude");
  return {
    path: folder.path,
    claude,
    project(name, files = {}) {
      const project = join(folder.path, "projects", name);
      mkdirSync(project, { recursive: true });
      writeFiles(project, files);
      return project;
    },
    transcript(project, session, lines = []) {
      const path = join(claude, "projects", slug(project), `${session}.jsonl`);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, toText(lines));
      return { path, append: (...more) => appendFileSync(path, toText(more)) };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** The environment of this process, with everything left out that knows of the real home. */
export function hermeticEnv(home: string, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const own = Object.entries(env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(own), HOME: home, USERPROFILE: home };
}

/** The name Claude Code gives to the folder of a project's transcripts. */
function slug(project: string): string {
  return project.replace(/[^A-Za-z0-9]/g, "-");
}

function toText(lines: Line[]): string {
  return lines.map(line => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
}
