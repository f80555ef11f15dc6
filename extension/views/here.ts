/** Whether a session's folder is one of the workspace's, or lies in one. */
export function isIn(folders: string[], project: string): boolean {
  return folders.some(folder => project === folder || /^[\\/]/.test(after(folder, project)));
}

function after(folder: string, project: string): string {
  return project.startsWith(folder) ? project.slice(folder.length) : "";
}
