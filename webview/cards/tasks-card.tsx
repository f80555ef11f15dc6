import type { JSX } from "preact";
import { clipped, harmless } from "../lib/harmless.ts";
import { list, type Told, words } from "../lib/told.ts";
import { Icon } from "../parts/icon.tsx";
import type { CardProps } from "./card.tsx";

const ICONS: Record<string, [icon: string, words: string]> = {
  completed: ["pass-filled", "done"],
  in_progress: ["record", "at it"],
};

/** A list of tasks, and how far each is. */
export function TasksCard({ told }: CardProps): JSX.Element {
  const tasks = tasksIn(told);
  if (tasks.length === 0) return <p class="note">The list is empty.</p>;
  return (
    <ul class="tasks">
      {tasks.map(({ text, status }, i) => {
        const [icon, words] = ICONS[status] ?? ["circle-large-outline", "to do"];
        return (
          <li key={i} class={status}>
            <Icon name={icon} />
            <span class="unseen">{words}: </span>
            <span>{harmless(clipped(text))}</span>
          </li>
        );
      })}
    </ul>
  );
}

function tasksIn({ input, details }: Told): { text: string; status: string }[] {
  const tasks = [input.todos, details.newTodos, details.tasks].find(Array.isArray) ?? [details.task ?? input];
  return list(tasks).map(task => ({
    text: words(task.content) || words(task.subject),
    status: words(task.status) || "pending",
  }));
}
