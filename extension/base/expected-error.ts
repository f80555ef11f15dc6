/** An error whose message is meant for the user: it says what happened and what to do. */
export class ExpectedError extends Error {
  override readonly name = "ExpectedError";
}

/** The one-line reason in `error`, whatever was thrown. */
export function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Node's code of a system error, such as ENOENT. */
export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

// What people say for the codes that they may meet.
const SAID: Record<string, string> = {
  EACCES: "there is no permission for it",
  EPERM: "there is no permission for it",
  EISDIR: "it is a folder",
  ENOENT: "it is not there",
  ENOTDIR: "a file stands where the folder should be",
};

/** Why a file or folder can't be used. */
export function fileReason(error: unknown): string {
  return SAID[errorCode(error) ?? ""] ?? reason(error);
}
