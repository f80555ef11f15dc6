import type { Outcome, ToolCall } from "./blocks.ts";
import { countLines, hunksBetween } from "./project.ts";
import type { Thread } from "./thread.ts";

function note(thread: Thread, file: string, before: string, after: string): void {
  const { added, removed } = countLines(hunksBetween(before, after));
  for (const tally of [thread.tally, thread.scope.tally]) tally.edit(file, added, removed);
}

function fileTool(name: string, file: string, input: object, run: (thread: Thread) => Outcome): ToolCall {
  return {
    kind: "tool",
    name,
    input: thread => {
      const { replace_all, ...rest } = input as { replace_all?: boolean };
      const file_path = thread.scope.project.path(file);
      return { ...(replace_all === undefined ? {} : { replace_all }), file_path, ...rest };
    },
    run,
  };
}

/** Reads a whole file. */
export function read(file: string): ToolCall {
  return fileTool("Read", file, {}, ({ scope: { project, ids } }) => {
    const content = project.read(file);
    const lines = content.split("\n");
    const filePath = project.path(file);
    return {
      content: lines.map((line, index) => `${index + 1}\t${line}`).join("\n"),
      result: {
        type: "text",
        file: { filePath, content, numLines: lines.length, startLine: 1, totalLines: lines.length },
      },
      ms: ids.between(14, 90),
    };
  });
}

/** Replaces a text that stands exactly once in a file. */
export function edit(file: string, oldString: string, newString: string): ToolCall {
  return replace(file, oldString, newString, false);
}

/** Replaces a text wherever it stands in a file. */
export function editAll(file: string, oldString: string, newString: string): ToolCall {
  return replace(file, oldString, newString, true);
}

function replace(file: string, oldString: string, newString: string, replaceAll: boolean): ToolCall {
  const input = { replace_all: replaceAll, old_string: oldString, new_string: newString };
  return fileTool("Edit", file, input, thread => {
    const { project, ids } = thread.scope;
    const originalFile = project.read(file);
    const parts = originalFile.split(oldString);
    if (replaceAll ? parts.length < 2 : parts.length !== 2) {
      throw new Error(`${file} has ${parts.length - 1} times: ${oldString}`);
    }
    const next = parts.join(newString);
    const structuredPatch = hunksBetween(originalFile, next);
    note(thread, file, originalFile, next);
    project.write(file, next);
    const filePath = project.path(file);
    return {
      content: `The file ${filePath} has been updated successfully.`,
      result: {
        filePath,
        oldString,
        newString,
        originalFile,
        structuredPatch,
        userModified: false,
        replaceAll,
      },
      ms: ids.between(40, 160),
    };
  });
}

/** Writes a whole file, be it new or not. */
export function write(file: string, content: string): ToolCall {
  return fileTool("Write", file, { content }, thread => {
    const { project, ids } = thread.scope;
    const filePath = project.path(file);
    const originalFile = project.has(file) ? project.read(file) : null;
    const structuredPatch = originalFile === null ? [] : hunksBetween(originalFile, content);
    if (originalFile !== null) note(thread, file, originalFile, content);
    // the client counts the empty string after the last newline of a new file as a line
    else
      for (const tally of [thread.tally, thread.scope.tally]) tally.edit(file, content.split("\n").length, 0);
    project.write(file, content);
    const type = originalFile === null ? "create" : "update";
    const done =
      type === "create"
        ? `File created successfully at: ${filePath}`
        : `The file ${filePath} has been updated successfully.`;
    return {
      content: done,
      result: { type, filePath, content, structuredPatch, originalFile, userModified: false },
      ms: ids.between(40, 160),
    };
  });
}

/** Adds a task to the list of the session. */
export function addTask(subject: string, description: string, activeForm: string): ToolCall {
  return {
    kind: "tool",
    name: "TaskCreate",
    input: () => ({ subject, description, activeForm }),
    run: ({ scope }) => {
      const id = String(scope.tasks.push({ subject, status: "pending" }));
      const content = `Task #${id} created successfully: ${subject}`;
      return { content, result: { task: { id, subject, description } }, ms: scope.ids.between(4, 12) };
    },
  };
}

/** Starts or finishes a task. */
export function setTask(number: number, status: "in_progress" | "completed"): ToolCall {
  const taskId = String(number);
  return {
    kind: "tool",
    name: "TaskUpdate",
    input: () => ({ taskId, status }),
    run: ({ scope }) => {
      const task = scope.tasks[number - 1];
      if (!task) throw new Error(`there is no task ${taskId}`);
      const statusChange = { from: task.status, to: status };
      task.status = status;
      const content = `Updated task #${taskId} status`;
      const result = { success: true, taskId, updatedFields: ["status"], statusChange };
      return { content, result, ms: scope.ids.between(4, 12) };
    },
  };
}
