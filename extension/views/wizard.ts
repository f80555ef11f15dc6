import { Disposable, QuickInputButtons, type QuickPickItem, window } from "vscode";

/** A choice in a question; the value is what comes of it. */
export type Choice<T> = QuickPickItem & { value: T };

export interface Question<T> {
  title: string;
  placeholder: string;
  choices: Choice<T>[];
  /** The choice that Enter takes. */
  usual: T;
  step: number;
  steps: number;
  /** Whether there is a question before it to go back to. */
  back: boolean;
}

export const BACK = Symbol("back");

/** Asks one of several questions in a row; answers what was chosen, that the user goes back, or nothing for an end. */
export function ask<T>(question: Question<T>): Promise<T | typeof BACK | undefined> {
  const { title, placeholder, choices, usual, step, steps, back } = question;
  const picker = window.createQuickPick<Choice<T>>();
  Object.assign(picker, {
    title,
    placeholder,
    items: choices,
    step,
    totalSteps: steps,
    ignoreFocusOut: true,
  });
  picker.activeItems = choices.filter(({ value }) => value === usual);
  picker.buttons = back ? [QuickInputButtons.Back] : [];
  return new Promise(resolve => {
    const life = Disposable.from(
      picker,
      picker.onDidTriggerButton(() => end(BACK)),
      picker.onDidAccept(() => end(picker.selectedItems[0]?.value)),
      picker.onDidHide(() => end(undefined)),
    );
    const end = (answer: T | typeof BACK | undefined) => {
      resolve(answer);
      life.dispose();
    };
    picker.show();
  });
}
