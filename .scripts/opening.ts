/** What `npm start` is about to open. */
export interface Opening {
  /** The folder of this project. */
  root: string;
  /** The folder to open. */
  folder: string;
  /** Where VS Code keeps its data between two starts. */
  state: string;
  /** What its environment has besides the user's own. */
  env: Record<string, string>;
  /** Whether the sessions are the demo's, not the user's. */
  demo: boolean;
  port?: number;
  /** Whether to open the browser too. */
  open: boolean;
}
