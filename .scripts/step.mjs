/** A failure a person can do something about: shown as its message, without a stack. */
export class ExpectedError extends Error {}

/**
 * Runs one piece of work under one progress line: "Title… done (3 s)".
 * @template T
 * @param {string} title
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  process.stdout.write(`${title}… `);
  const start = Date.now();
  try {
    const result = await work();
    process.stdout.write(`done (${seconds(Date.now() - start)})\n`);
    return result;
  } catch (error) {
    process.stdout.write("failed\n");
    throw error;
  }
}

/**
 * A duration for people: 23 s, or 1.4 s when it is short.
 * @param {number} ms
 */
export function seconds(ms) {
  return `${(ms / 1000).toFixed(ms < 9_950 ? 1 : 0)} s`;
}

/**
 * Runs a whole script: its failure is told on the screen, and is the exit code.
 * @param {() => Promise<void>} script
 */
export async function main(script) {
  try {
    await script();
  } catch (error) {
    const text =
      error instanceof ExpectedError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${text}\n`);
    process.exitCode = 1;
  }
}
