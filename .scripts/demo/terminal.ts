const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[39m`;

/** Text in a colour of the terminal. */
export const red = paint(31);

/** Text in a colour of the terminal. */
export const green = paint(32);

/** Text in a colour of the terminal. */
export const cyan = paint(36);

/** Text in a colour of the terminal. */
export const grey = paint(90);
