import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createHome, hermeticEnv } from "./home.ts";

test("a home holds transcripts where Claude Code puts them, and goes away", async () => {
  const home = createHome();
  const project = home.project("my shop", { "src/a.ts": "let a;\n" });
  const transcript = home.transcript(project, "s1", [{ type: "user" }]);
  transcript.append({ type: "assistant" }, "half a line");
  expect(readFileSync(transcript.path, "utf8")).toBe('{"type":"user"}\n{"type":"assistant"}\nhalf a line\n');
  expect(transcript.path).toBe(join(home.claude, "projects", project.replace(/[/ .]/g, "-"), "s1.jsonl"));
  expect(readFileSync(join(project, "src/a.ts"), "utf8")).toBe("let a;\n");
  await home[Symbol.asyncDispose]();
  expect(existsSync(home.path)).toBe(process.env.KEEP === "1");
});

test("nothing of the real home gets into its environment", () => {
  const real = {
    PATH: "/bin",
    HOME: "/root",
    CLAUDE_CONFIG_DIR: "/home/sam/.claude",
    XDG_CONFIG_HOME: "/home/sam/.config",
    VSCODE_IPC_HOOK_CLI: "/run/x",
    https_proxy: "http://proxy",
    NODE_OPTIONS: "--inspect",
  };
  expect(hermeticEnv("/tmp/h", real)).toEqual({ PATH: "/bin", HOME: "/tmp/h", USERPROFILE: "/tmp/h" });
});
