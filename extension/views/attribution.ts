import { randomUUID } from "node:crypto";
import { relative, sep } from "node:path";
import { extensions, Uri, window, workspace } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import { recordOf } from "./attribution-record.ts";
import { openGit, type Repository } from "./git.ts";

/** Writes down who wrote the lines of the last commit, for other programs that read the open format. */
export async function exportAttribution(owner: Owner): Promise<void> {
  const repository = await repositoryHere();
  const revision = repository.state.HEAD?.commit;
  if (revision === undefined) throw new ExpectedError("There is no commit yet. Commit first, then export.");
  const file = await writeRecord(owner, repository, revision);
  if (file) await window.showTextDocument(file);
  else
    void window.showInformationMessage(
      "No line of the last commit is Claude's, as far as its transcripts tell.",
    );
}

/** Writes the record of a commit, and answers where; none when no line of it is an agent's. */
export async function writeRecord(
  owner: Owner,
  repository: Repository,
  revision: string,
): Promise<Uri | undefined> {
  const changes = await repository.diffBetween(`${revision}~1`, revision).catch(() => {
    throw new ExpectedError(
      "This is the first commit, which has nothing before it to compare with. Export after the next one.",
    );
  });
  const files = await Promise.all(
    changes.map(async ({ uri }) => {
      // What was deleted has no lines.
      const text = await repository.show(revision, uri.fsPath).catch(() => "");
      const blame = await owner.blame({ path: uri.fsPath, text: text.replaceAll("\r\n", "\n") });
      return { path: relative(repository.rootUri.fsPath, uri.fsPath).split(sep).join("/"), blame };
    }),
  );
  const { version = "" } = extensions.getExtension("agent-trace.agent-trace")?.packageJSON ?? {};
  const record = recordOf({ revision, files }, { id: randomUUID(), at: new Date(), version });
  if (!record) return undefined;
  const file = Uri.joinPath(repository.rootUri, ".agent-trace", `${revision}.json`);
  await workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify(record, undefined, 2)}\n`));
  return file;
}

async function repositoryHere(): Promise<Repository> {
  const git = await openGit();
  if (!git) throw new ExpectedError("VS Code's own Git is switched off. Switch on `git.enabled` to export.");
  const [repository, ...others] = git.repositories;
  if (!repository)
    throw new ExpectedError("There is no Git repository in this window. Open a folder of one to export.");
  if (others.length === 0) return repository;
  const items = git.repositories.map(repository => ({ label: repository.rootUri.fsPath, repository }));
  const picked = await window.showQuickPick(items, { placeHolder: "Of which repository?" });
  if (!picked) throw new ExpectedError("Nothing was exported.");
  return picked.repository;
}
