// Ticked rows: the bar shows how many, and the one act for them.
export function watchBulk() {
  for (const form of document.querySelectorAll("[data-bulk]")) {
    const bar = form.querySelector("[data-bulk-bar]");
    if (!bar) continue;
    const boxes = () => [...form.querySelectorAll('input[name="chosen"]')];
    const show = () => {
      const chosen = boxes().filter((box) => box.checked);
      bar.hidden = chosen.length === 0;
      bar.querySelector("[data-bulk-count]").textContent = chosen.length;
      for (const box of boxes()) box.closest("tr")?.classList.toggle("is-on", box.checked);
    };
    form.addEventListener("change", show);
    bar.querySelector("[data-bulk-clear]")?.addEventListener("click", () => {
      for (const box of boxes()) box.checked = false;
      show();
    });
    show();
  }
}
