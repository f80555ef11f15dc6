/**
 * On paper a page is dark on white, whatever the theme: it wears a class while it is printed. VS Code lets no webview
 * print, so that a page is also handed out as it would be, for a browser to print it.
 */
export function followPrinting(): void {
  window.addEventListener("beforeprint", () => document.body.classList.add("paper"));
  window.addEventListener("afterprint", () => document.body.classList.remove("paper"));
}

/** The page as it is on paper, with nothing in it that runs. */
export function onPaper(): string {
  window.dispatchEvent(new Event("beforeprint"));
  const page = document.querySelector("main") as HTMLElement;
  const copy = page.cloneNode(true) as HTMLElement;
  const pictures = [...page.querySelectorAll("canvas")].map(canvas => canvas.toDataURL());
  for (const [i, canvas] of copy.querySelectorAll("canvas").entries())
    canvas.replaceWith(Object.assign(new Image(), { src: pictures[i] }));
  // What was typed into fields is no part of their markup.
  for (const field of copy.querySelectorAll("input")) field.setAttribute("value", field.value);
  window.dispatchEvent(new Event("afterprint"));
  return copy.outerHTML;
}
