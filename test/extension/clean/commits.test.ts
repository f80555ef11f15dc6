import { expect, test } from "vitest";
import { commitsIn, mayBring, pullIn } from "../../../extension/clean/commits.ts";

test.each([
  ["git commit -m Fix", true],
  ["npm test && git commit -qam 'Fix add'", true],
  ["git -C /shop -c user.name=Sam commit -m Fix", true],
  ["git revert HEAD", true],
  ["git cherry-pick abc1234", true],
  ["git commit --amend --no-edit", true],
  ["git add -A\ngit commit -m Fix", true],
  ["git -C '/my shop' commit -m Fix", true],
  ["bash -c 'git commit -m Fix'", true],
  // Of a commit -n only leaves out the hooks, and what a message says is no option.
  ["git commit -n -m Fix", true],
  ['git commit -m "Show the last lines with tail -n 5"', true],
  ['git commit -m "Explain --dry-run"', true],
  ["git commit --dry-run", false],
  ["git revert --abort", false],
  ["git status", false],
  ["git log | grep commit", false],
  ["git log; echo commit", false],
  ["echo commit", false],
  ["digit commit", false],
  // A word of git's that only begins like one, and the name of a file or a setting.
  ["git config commit.gpgsign false", false],
  ["git add commit.ts", false],
  ["git commit-graph write", false],
  ["git log --grep commit --oneline", false],
  // They only change files.
  ["git revert --no-commit HEAD", false],
  ["git cherry-pick -n abc1234", false],
])("%j commits: %s", (command, commit) => expect(mayBring(command).commit === true).toBe(commit));

test.each([
  ["gh pr create --fill", true],
  ["git push && gh  pr  create", true],
  ["gh pr list", false],
  ["gh issue create", false],
])("%j opens a pull request: %s", (command, pull) => expect(mayBring(command).pull === true).toBe(pull));

test.each<[string, string, unknown, (string | undefined)[]]>([
  ["the line that git prints", "[main abc1234] Fix add\n 1 file changed", {}, ["abc1234"]],
  ["that of the first commit", "[main (root-commit) abc1234] init", {}, ["abc1234"]],
  ["that of a branch with a slash", "[fix/total abc1234] Fix add", {}, ["abc1234"]],
  ["two of them", "[main abc1234] One\n[main def5678] Two", {}, ["abc1234", "def5678"]],
  ["what the client says", "", { commit: { sha: "abc1234" } }, ["abc1234"]],
  [
    "what git says over what the client says",
    "[main abc1234] Fix",
    { commit: { sha: "def5678" } },
    ["abc1234"],
  ],
  ["the log that was asked for after a quiet one", "abc1234 Fix add\ndef5678 init", {}, ["abc1234"]],
  ["its full name", `${"a1b2c3d4e5".repeat(4)}\n`, {}, ["a1b2c3d4e5".repeat(4)]],
  ["nothing, of a quiet one", "", {}, [undefined]],
  ["that there was nothing to commit", "On branch main\nnothing to commit, working tree clean", {}, []],
  ["that nothing was added", "nothing added to commit but untracked files present", {}, []],
  ["the same in other words", "no changes added to commit", {}, []],
])("the commits by %s", (_, output, operation, shas) => expect(commitsIn(output, operation)).toEqual(shas));

test.each([
  [
    "what gh prints",
    "Creating pull request…\nhttps://github.com/acme/demo/pull/17\n",
    {},
    "https://github.com/acme/demo/pull/17",
  ],
  [
    "what glab prints",
    "https://gitlab.com/acme/demo/-/merge_requests/3",
    {},
    "https://gitlab.com/acme/demo/-/merge_requests/3",
  ],
  [
    "what the client says",
    "…",
    { pr: { url: "https://github.com/acme/demo/pull/18" } },
    "https://github.com/acme/demo/pull/18",
  ],
  ["another address", "https://github.com/acme/demo/issues/17", {}, undefined],
])("the pull request by %s", (_, output, operation, url) => expect(pullIn(output, operation)).toBe(url));
