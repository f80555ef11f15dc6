/** The answer to what was done: there is nothing to say of it. */
export async function done(work: Promise<void>): Promise<object> {
  await work;
  return {};
}
