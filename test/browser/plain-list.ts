/** A script that draws so many rows at once, in the same page and as simply as can be; answers how long it took. */
export const plainList = (steps: number) => `new Promise(done => {
  const row = document.querySelector(".row .head");
  const list = document.createElement("div");
  const start = performance.now();
  for (let i = 0; i < ${steps}; i++) list.append(row.cloneNode(true));
  document.querySelector(".scroller").append(list);
  requestAnimationFrame(() => setTimeout(() => {
    const took = performance.now() - start;
    list.remove();
    done(took);
  }));
})`;
