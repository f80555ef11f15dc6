/** `3:12`, `1:03:12`: minutes and seconds since a session began. */
export function since(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `412`, `41 k`, `1.2 M`: so many tokens. */
export function amount(n: number): string {
  if (n < 1000) return String(n);
  if (n < 10_000) return `${(n / 1000).toFixed(1)} k`;
  return n < 999_500 ? `${Math.round(n / 1000)} k` : `${(n / 1e6).toFixed(1)} M`;
}

/** `opus 5.5` of `claude-opus-5-5-20251101`. */
export function modelName(model: string): string {
  const name = model.replace(/^.*claude-/, "").replace(/-\d{8}$|\[.*\]$/g, "");
  const [, family, version] = /^(?:(?:\d[\d-]*)-)?([a-z]+)(?:-(\d+(?:-\d+)*))?/.exec(name) ?? [];
  return family ? [family, version?.replace("-", ".")].filter(Boolean).join(" ") : model;
}

/** A path below the project's folder as it is seen from there. */
export function within(path: string, project: string): string {
  return path.startsWith(`${project}/`) || path.startsWith(`${project}\\`)
    ? path.slice(project.length + 1)
    : path;
}
