import type { Outcome, ToolCall } from "./blocks.ts";
import { hunksBetween } from "./project.ts";
import type { Line } from "./scope.ts";
import type { Thread } from "./thread.ts";

type Options = {
  /** How long it runs. */
  ms?: number;
  /** Exit code, when it is not 0. */
  exit?: number;
};

function command(
  text: string | ((thread: Thread) => string),
  description: string,
  run: (thread: Thread) => Outcome,
): ToolCall {
  const input = (thread: Thread) => ({
    command: typeof text === "string" ? text : text(thread),
    description,
  });
  return { kind: "tool", name: "Bash", input, run };
}

function done(stdout: string, ms: number, more: Line = {}): Outcome {
  return {
    content: stdout || "(Bash completed with no output)",
    result: { stdout, stderr: "", interrupted: false, isImage: false, noOutputExpected: false, ...more },
    ms,
    flags: { sandboxed: false },
    saysError: true,
  };
}

/** Runs a command and prints `output`. */
export function bash(
  text: string,
  description: string,
  output: string,
  { ms, exit }: Options = {},
): ToolCall {
  return command(text, description, thread => {
    const took = ms ?? thread.scope.ids.between(60, 380);
    if (exit === undefined) return done(output, took);
    const content = `Exit code ${exit}\n${output}`;
    return { content, result: `Error: ${content}`, ms: took, failed: true, flags: { sandboxed: false } };
  });
}

/** A command which changes files; the client notices what it did to them. */
export function rewrite(
  text: string,
  description: string,
  files: string[],
  change: (text: string) => string,
): ToolCall {
  return command(text, description, ({ scope: { project, ids } }) => {
    const diffs = files.map(file => {
      const before = project.read(file);
      project.write(file, change(before));
      return { filePath: project.path(file), hunks: hunksBetween(before, change(before)) };
    });
    const changedFiles = files.map(file => project.path(file));
    return done("", ids.between(20, 60), { bashEditDiff: { files: diffs, moreFiles: 0, changedFiles } });
  });
}

/** A command which the user's settings forbid. */
export function forbidden(text: string, description: string): ToolCall {
  return command(text, description, thread => {
    const content = `Permission to use Bash with command ${text} has been denied.`;
    return {
      content,
      result: `Error: ${content}`,
      ms: thread.scope.ids.between(5, 20),
      failed: true,
      flags: { toolDenialKind: "permission-rule" },
      decision: {
        decision: "reject",
        source: "config",
        reasonType: "subcommandResults",
        ruleSource: "userSettings",
        reasonCode: "rule:userSettings",
      },
    };
  });
}

/** Starts a branch. */
export function branch(name: string): ToolCall {
  return command(`git checkout -b ${name}`, "Create branch", ({ scope: { project, ids } }) => {
    project.branch = name;
    return done(`Switched to a new branch '${name}'`, ids.between(40, 90));
  });
}

/** Commits what changed, in all files or only in some; git's own output says how much it was. */
export function commit(message: string, ...only: string[]): ToolCall {
  const text = `git add ${only.join(" ") || "-A"} && git commit -m "${message}"`;
  return command(text, "Commit the change", ({ scope: { project, ids } }) => {
    const { files, added, removed, created } = project.commit(only);
    if (files === 0) throw new Error(`nothing to commit for: ${message}`);
    const sha = ids.hex(7);
    const count = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
    const changes = [
      ` ${count(files, "file")} changed`,
      ...(added > 0 ? [`${count(added, "insertion")}(+)`] : []),
      ...(removed > 0 ? [`${count(removed, "deletion")}(-)`] : []),
    ];
    const modes = created.map(file => ` create mode 100644 ${file}`);
    const stdout = [`[${project.branch} ${sha}] ${message}`, changes.join(", "), ...modes].join("\n");
    const gitOperation = { commit: { sha, kind: "committed", branch: project.branch } };
    return done(stdout, ids.between(90, 260), { gitOperation });
  });
}

/** Pushes the branch and opens a pull request for it. */
export function openPullRequest(repository: string, number: number, title: string, body: string): ToolCall {
  const create = `gh pr create --title "${title}" --body "${body}"`;
  const text = ({ scope }: Thread) => `git push -q -u origin ${scope.project.branch} && ${create}`;
  return command(text, "Open a pull request", ({ scope, lines, clock }) => {
    const url = `https://github.com/${repository}/pull/${number}`;
    const link = { prNumber: number, prUrl: url, prRepository: repository, timestamp: clock.iso };
    lines.push({ type: "pr-link", sessionId: scope.sessionId, ...link });
    const stdout = `Creating pull request for ${scope.project.branch} into main in ${repository}\n${url}`;
    return done(stdout, 3400, { gitOperation: { pr: { number, url, action: "created" } } });
  });
}
