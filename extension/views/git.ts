import { type Event, extensions, type Uri } from "vscode";
import type { Lifetime } from "../base/lifetime.ts";

/** As much of the API of VS Code's own Git extension as we ask. */
interface GitApi {
  repositories: Repository[];
  onDidOpenRepository: Event<Repository>;
}

export interface Repository {
  rootUri: Uri;
  state: {
    HEAD: { commit?: string } | undefined;
    workingTreeChanges: { uri: Uri }[];
    indexChanges: { uri: Uri }[];
    untrackedChanges?: { uri: Uri }[];
    onDidChange: Event<void>;
  };
  diffBetween(from: string, to: string): Promise<{ uri: Uri }[]>;
  /** A file as of a commit. */
  show(ref: string, path: string): Promise<string>;
  getCommit(ref: string): Promise<{ parents: string[]; commitDate?: Date }>;
}

/** VS Code's own Git extension; nothing where it is switched off. */
export async function openGit(): Promise<GitApi | undefined> {
  const extension = extensions.getExtension<{ enabled: boolean; getAPI(version: 1): GitApi }>("vscode.git");
  try {
    const git = await extension?.activate();
    return git?.enabled ? git.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
}

/** Shows each repository that is open, or will be as long as `life` lasts. */
export async function eachRepository(life: Lifetime, see: (repository: Repository) => void): Promise<void> {
  const git = await openGit();
  for (const repository of git?.repositories ?? []) see(repository);
  if (git) life.add(git.onDidOpenRepository(see));
}
