/** What a run of the suite inside VS Code has found. */
export interface HostResults {
  passed: string[];
  failed: { name: string; error: string }[];
  /** Not run although there: skipped or without a body. */
  pending: string[];
}
