/** `3:12`, `1:03:12`: minutes and seconds since a session began. */
export function since(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
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
