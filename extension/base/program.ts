/** The program that ran a session: Claude Code is known by its version alone, all others by their name, too. */
export function programOf(client: string): { name: string; version: string; isClaude: boolean } {
  const space = client.lastIndexOf(" ");
  const isClaude = space < 0;
  return {
    name: isClaude ? "Claude Code" : client.slice(0, space),
    version: client.slice(space + 1),
    isClaude,
  };
}

/** As it is said to people. */
export function programName(client: string): string {
  const { name, version } = programOf(client);
  return `${name} ${version}`;
}
